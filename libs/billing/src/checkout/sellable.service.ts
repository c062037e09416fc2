import { Injectable } from '@nestjs/common';
import { Catalogs, type Plan } from '@tollgate/entitlements';
import { type Transaction, TransactionRunner } from '@tollgate/kernel';
import { toWire, UNLIMITED } from '@tollgate/usage';
import { PriceMap } from '../plan-detection/price-map.store.js';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';
import { Seats } from '../seats/seats.service.js';
import { LIVE_STATUSES, type Subscription } from '../subscriptions/subscription.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { NotForSaleError, SeatsRefusedError, SubscriptionExistsError } from './checkout.errors.js';
import type { CheckoutWish } from './checkouts.store.js';

/** The feature that bounds how many seats a plan may have. */
const SEATS = 'seats';

/** What somebody asks to buy. */
export interface CheckoutRequest {
  readonly plan: string;
  readonly interval: BillingInterval;
  /** Left out: as many as are taken, on plans with seats. */
  readonly seats?: number;
}

/** A wish that can be sold, with the provider's id of what is sold. */
export interface SellableWish extends CheckoutWish {
  readonly priceRef: string;
}

/** Says what may be sold to an owner. */
@Injectable()
export class Sellable {
  constructor(
    private readonly catalogs: Catalogs,
    private readonly priceMap: PriceMap,
    private readonly subscriptions: SubscriptionsStore,
    private readonly seats: Seats,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Checks a request against catalog, price map, seats and the subscription the owner has.
   *
   * @throws NotForSaleError @throws SeatsRefusedError @throws SubscriptionExistsError
   */
  async check(provider: ProviderName, ownerId: string, request: CheckoutRequest): Promise<SellableWish> {
    const { reader } = this.transactions;
    const plan = this.catalogs.current().plans.get(request.plan);
    const priceRef = plan && (await this.priceMap.forSale(reader, provider, plan.key, request.interval));
    if (!priceRef) throw new NotForSaleError(request.plan, request.interval);
    const seats = await this.seatsOf(plan, ownerId, request.seats);
    const live = await this.liveSubscription(reader, ownerId);
    if (live) throw new SubscriptionExistsError(live.plan);
    return { plan: plan.key, interval: request.interval, seats, priceRef };
  }

  /** The subscription under which the owner's provider may still charge; null when there is none. */
  async liveSubscription(reader: Transaction, ownerId: string): Promise<Subscription | null> {
    const current = await this.subscriptions.ofOwner(reader, ownerId);
    return current?.providerSubscriptionId && LIVE_STATUSES.has(current.status) ? current : null;
  }

  private async seatsOf(plan: Plan, ownerId: string, asked: number | undefined): Promise<number | null> {
    if (!plan.perSeat) {
      if (asked !== undefined)
        throw new SeatsRefusedError('This plan is not sold by the seat', { seats: asked });
      return null;
    }
    const taken = await this.seats.used(this.transactions.reader, ownerId);
    const seats = asked ?? taken;
    if (seats < taken) throw new SeatsRefusedError(`${taken} seats are taken already`, { seats, taken });
    const most = this.catalogs.current().features.get(SEATS)?.allowances.get(plan.key)?.limit ?? 0n;
    if (most !== UNLIMITED && BigInt(seats) > most) {
      throw new SeatsRefusedError(`This plan has at most ${most} seats`, { seats, most: toWire(most) });
    }
    return seats;
  }
}
