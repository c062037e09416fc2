import { Inject, Injectable } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import { Clock, type Transaction, TransactionRunner } from '@tollgate/kernel';
import { BILLING_OPTIONS, type BillingOptions } from '../billing.options.js';
import { PriceMap } from '../plan-detection/price-map.store.js';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';
import { isLive, type LiveSubscription } from '../subscriptions/subscription.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { wayOn } from '../subscriptions/way-on.js';
import { SubscriptionExistsError } from './checkout.errors.js';
import type { CheckoutWish, ReplacedSubscription } from './checkouts.store.js';
import { daysLeft } from './days-left.js';
import { notForSale } from './not-for-sale.js';
import { SeatsToSell } from './seats-to-sell.service.js';

/** What somebody asks to buy. */
export interface CheckoutRequest {
  readonly plan: string;
  readonly interval: BillingInterval;
  /** Left out: as many as are taken, on plans with seats. */
  readonly seats?: number;
  /** Moves a subscription from another provider to the one that sells now. */
  readonly switchProvider?: boolean;
  /** Where to send people afterwards; left out: pages of the application. */
  readonly successUrl?: string;
  readonly cancelUrl?: string;
}

/** A wish that can be sold, with the provider's id of what is sold. */
export interface SellableWish extends CheckoutWish {
  readonly priceRef: string;
  /** Days before the first charge; null for none. */
  readonly trialDays: number | null;
  readonly replaces: ReplacedSubscription | null;
}

/** Says what may be sold to an owner. */
@Injectable()
export class Sellable {
  constructor(
    private readonly catalogs: Catalogs,
    private readonly priceMap: PriceMap,
    private readonly subscriptions: SubscriptionsStore,
    private readonly seats: SeatsToSell,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  /**
   * Checks a request against catalog, price map, seats and the subscription the owner has.
   *
   * @throws NotForSaleError @throws SeatsRefusedError @throws SubscriptionExistsError
   */
  async check(provider: ProviderName, ownerId: string, request: CheckoutRequest): Promise<SellableWish> {
    const { reader } = this.transactions;
    const catalog = this.catalogs.current();
    const plan = catalog.plans.get(request.plan);
    const priceRef = plan && (await this.priceMap.forSale(reader, provider, plan.key, request.interval));
    if (!priceRef) throw notForSale(catalog, await this.priceMap.allForSale(reader, provider), request);
    const seats = await this.seats.of(reader, plan, ownerId, request.seats);
    const wish = { plan: plan.key, interval: request.interval, seats, priceRef };
    const current = await this.subscriptions.ofOwner(reader, ownerId);
    const live = isLive(current) ? current : null;
    if (live) return { ...wish, ...this.move(live, provider, request, wish) };
    const trialDays = current?.trialUsedAt === null ? this.options.trialDays : null;
    return { ...wish, trialDays, replaces: null };
  }

  /** Whether the owner pays for something else than what a checkout is to take the place of. */
  async isTaken(reader: Transaction, ownerId: string, { replaces }: SellableWish): Promise<boolean> {
    const current = await this.subscriptions.ofOwner(reader, ownerId);
    return isLive(current) && current.providerSubscriptionId !== replaces?.id;
  }

  /**
   * What is paid for at the old provider comes along: so many days pass before the new one charges. Only for what was
   * paid: another plan, another interval or more seats are charged at once.
   */
  private move(
    live: LiveSubscription,
    provider: ProviderName,
    { switchProvider }: CheckoutRequest,
    wish: CheckoutWish,
  ): Pick<SellableWish, 'trialDays' | 'replaces'> {
    const { providerSubscriptionId: id, currentPeriodEnd, cancelAt, status } = live;
    const elsewhere = live.provider !== provider;
    if (!elsewhere || !switchProvider)
      throw new SubscriptionExistsError({ plan: live.plan, elsewhere, ...wayOn(live) });
    const isPaid = (status === 'active' || status === 'trialing') && isWithin(wish, live);
    const paidUntil = isPaid ? (cancelAt ?? currentPeriodEnd) : null;
    const trialDays = paidUntil && daysLeft(this.clock.now(), paidUntil);
    return { trialDays, replaces: { provider: live.provider, id } };
  }
}

/** Whether a wish asks for no more than what is paid for. */
function isWithin({ plan, interval, seats }: CheckoutWish, live: LiveSubscription): boolean {
  return plan === live.plan && interval === live.interval && (seats ?? 1) <= (live.seats ?? 1);
}
