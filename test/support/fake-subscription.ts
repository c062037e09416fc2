import type {
  BillingInterval,
  NewCheckout,
  ProviderName,
} from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';

const DAYS: Record<BillingInterval, number> = { month: 30, year: 365 };

/** When a period of the fake ends that began at `start`. */
export const fakePeriodEnd = (start: Date, interval: BillingInterval): Date =>
  new Date(start.getTime() + DAYS[interval] * 86_400_000);

/** What was bought, where and when. */
export interface Purchase {
  readonly id: string;
  readonly provider: ProviderName;
  readonly order: NewCheckout;
  readonly price: { readonly plan: string; readonly amount: number; readonly interval: BillingInterval };
  readonly at: Date;
}

/** A subscription that was bought this moment. */
export function newSubscription({ id, provider, order, price, at }: Purchase): ProviderSubscription {
  const seats = order.seats ?? 1;
  return {
    provider,
    id,
    customerId: order.customerId,
    ownerRef: order.ownerId,
    checkoutId: order.checkoutId,
    status: 'active',
    rawStatus: 'active',
    priceRef: order.priceRef,
    productId: order.priceRef,
    priceId: order.priceRef,
    productMetadata: { plan: price.plan },
    slugs: [],
    unitPrice: { amount: BigInt(price.amount), currency: 'usd' },
    currentPeriodStart: at,
    currentPeriodEnd: fakePeriodEnd(at, price.interval),
    trialEnd: null,
    cancelAt: null,
    canceledAt: null,
    endedAt: null,
    pastDueSince: null,
    startedAt: at,
    billingAnchor: null,
    pausesAt: null,
    pausedAt: null,
    resumesAt: null,
    seats,
    price: { amount: BigInt(price.amount * seats), currency: 'usd' },
    interval: price.interval,
    pendingChange: null,
    problem: null,
    modifiedAt: at,
    livemode: false,
  };
}
