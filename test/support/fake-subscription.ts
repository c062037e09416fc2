import type {
  BillingInterval,
  NewCheckout,
  ProviderName,
} from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';

const DAYS: Record<BillingInterval, number> = { month: 30, year: 365 };

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
    status: 'active',
    rawStatus: 'active',
    productId: order.priceRef,
    priceId: order.priceRef,
    productMetadata: { plan: price.plan },
    currentPeriodStart: at,
    currentPeriodEnd: new Date(at.getTime() + DAYS[price.interval] * 86_400_000),
    trialEnd: null,
    cancelAt: null,
    canceledAt: null,
    endedAt: null,
    pastDueSince: null,
    startedAt: at,
    seats,
    price: { amount: BigInt(price.amount * seats), currency: 'usd' },
    interval: price.interval,
    modifiedAt: at,
    livemode: false,
  };
}
