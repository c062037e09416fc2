import { Injectable } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { PriceMap } from '../plan-detection/price-map.store.js';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';
import { Seats } from '../seats/seats.service.js';
import { LIVE_STATUSES } from '../subscriptions/subscription.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { NotForSaleError, SeatsRefusedError, SubscriptionExistsError } from './checkout.errors.js';
import type { CheckoutWish } from './checkouts.store.js';

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
    const seats = await this.seatsOf(plan.perSeat, ownerId, request.seats);
    const current = await this.subscriptions.ofOwner(reader, ownerId);
    if (current?.providerSubscriptionId && LIVE_STATUSES.has(current.status)) {
      throw new SubscriptionExistsError(current.plan);
    }
    return { plan: plan.key, interval: request.interval, seats, priceRef };
  }

  private async seatsOf(
    perSeat: boolean,
    ownerId: string,
    asked: number | undefined,
  ): Promise<number | null> {
    if (!perSeat) {
      if (asked !== undefined)
        throw new SeatsRefusedError('This plan is not sold by the seat', { seats: asked });
      return null;
    }
    const taken = await this.seats.used(this.transactions.reader, ownerId);
    if (asked !== undefined && asked < taken) {
      throw new SeatsRefusedError(`${taken} seats are taken already`, { seats: asked, taken });
    }
    return asked ?? taken;
  }
}
