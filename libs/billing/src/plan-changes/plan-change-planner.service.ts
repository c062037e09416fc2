import { Injectable } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import type { Transaction } from '@tollgate/kernel';
import { CheckoutsStore } from '../checkout/checkouts.store.js';
import { notForSale } from '../checkout/not-for-sale.js';
import { SeatsToSell } from '../checkout/seats-to-sell.service.js';
import { PriceMap } from '../plan-detection/price-map.store.js';
import type { BillingInterval } from '../providers/payment-provider.js';
import type { ChangeTime } from '../providers/provider-changes.js';
import type { Subscription } from '../subscriptions/subscription.js';
import { wayOn } from '../subscriptions/way-on.js';
import { changeTiming } from './change-timing.js';
import type { Changeable } from './changeable.service.js';
import type { PendingChangeView } from './pending-change-view.js';
import {
  CancelScheduledError,
  NothingChangesError,
  PaymentDueError,
  PrepaidTimeError,
  SeatPricingStaysError,
  SubscriptionChangedError,
  WrongStateError,
} from './plan-changes.errors.js';

/** Another plan, interval or number of seats. */
export interface ChangeRequest {
  readonly plan: string;
  readonly interval: BillingInterval;
  /** Left out: as many as now, and at least as many as are taken. */
  readonly seats?: number;
  /** The plan that whoever asks saw; another one by now is refused. */
  readonly ifPlan?: string;
}

/** A change that can be made, and when it takes place. */
export interface PlannedChange {
  readonly plan: string;
  readonly interval: BillingInterval;
  readonly seats: number | null;
  readonly priceRef: string;
  readonly when: ChangeTime;
  /** False: plan and interval stay, only seats change. */
  readonly changesPlan: boolean;
}

/** Checks a wish against catalog, price map, seats and the state of the subscription. */
@Injectable()
export class PlanChangePlanner {
  constructor(
    private readonly catalogs: Catalogs,
    private readonly priceMap: PriceMap,
    private readonly seats: SeatsToSell,
    private readonly checkouts: CheckoutsStore,
  ) {}

  /**
   * What is to be done about a request, while `pending` waits.
   *
   * @throws NotForSaleError @throws SeatsRefusedError
   * @throws SubscriptionChangedError @throws CancelScheduledError @throws PaymentDueError
   * @throws NothingChangesError @throws WrongStateError `paused` while it is paused
   * @throws PrepaidTimeError more is wished for while what was paid for at another provider is used up
   * @throws SeatPricingStaysError where the provider cannot leave a price per seat
   */
  async plan(
    reader: Transaction,
    { subscription, provider }: Changeable,
    request: ChangeRequest,
    pending: PendingChangeView | null,
  ): Promise<PlannedChange> {
    requireChangeable(subscription, request);
    const { plan: key, interval } = request;
    const catalog = this.catalogs.current();
    const { plans, defaultPlan } = catalog;
    const plan = key === defaultPlan ? undefined : plans.get(key);
    const priceRef = plan && (await this.priceMap.forSale(reader, provider.name, key, interval));
    if (!plan || !priceRef)
      throw notForSale(catalog, await this.priceMap.allForSale(reader, provider.name), request);
    const seats = await this.seats.of(
      reader,
      plan,
      subscription.ownerId,
      request.seats,
      subscription.seats ?? 0,
    );
    const held = plans.get(subscription.plan);
    const when = changeTiming(
      { rank: held?.rank ?? -1, interval: subscription.interval ?? interval, seats: subscription.seats },
      { rank: plan.rank, interval, seats },
    );
    if (when === null) throw new NothingChangesError(key, pending);
    if (when === 'now' && (await this.usesUpPrepaidTime(reader, subscription)))
      throw new PrepaidTimeError(subscription.trialEnd);
    if (held?.perSeat && !plan.perSeat && !provider.capabilities.leavesSeatPricing)
      throw new SeatPricingStaysError(key);
    const changesPlan = subscription.plan !== key || subscription.interval !== interval;
    return { plan: key, interval, seats, priceRef, when, changesPlan };
  }

  /** Free days stand for what was paid: raised now, the rest of them would be a larger plan for nothing. */
  private async usesUpPrepaidTime(reader: Transaction, subscription: Subscription): Promise<boolean> {
    const { status, ownerId, provider } = subscription;
    return status === 'trialing' && this.checkouts.lastWasMove(reader, ownerId, provider);
  }
}

function requireChangeable(subscription: Subscription, { ifPlan }: ChangeRequest): void {
  const { plan, status, cancelAt } = subscription;
  if (ifPlan !== undefined && ifPlan !== plan) throw new SubscriptionChangedError(plan);
  if (cancelAt) throw new CancelScheduledError(cancelAt);
  if (status === 'past_due' || status === 'unpaid') throw new PaymentDueError();
  if (status === 'paused')
    throw new WrongStateError('paused', 'The subscription is paused; resume it first', {
      ...wayOn(subscription),
    });
}
