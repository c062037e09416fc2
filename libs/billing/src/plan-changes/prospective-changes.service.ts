import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { SoldPrices } from '../checkout/sold-prices.service.js';
import { type Changeable, ChangeableSubscriptions } from './changeable.service.js';
import { ChangesUnderWay } from './changes-under-way.service.js';
import type { PendingChangeView } from './pending-change-view.js';
import { PendingChanges } from './pending-changes.service.js';
import { type ChangeRequest, PlanChangePlanner, type PlannedChange } from './plan-change-planner.service.js';

/** What a request would come to as things stand. */
export interface ProspectiveChange {
  readonly found: Changeable;
  readonly change: PlannedChange;
  /** What is pending now and would be dropped for it; null for nothing. */
  readonly dropsPending: PendingChangeView | null;
}

/** Looks at a change before it is taken on: nothing is locked meanwhile, so that the provider can be asked. */
@Injectable()
export class ProspectiveChanges {
  constructor(
    private readonly changeable: ChangeableSubscriptions,
    private readonly underWay: ChangesUnderWay,
    private readonly pending: PendingChanges,
    private readonly planner: PlanChangePlanner,
    private readonly prices: SoldPrices,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Changes nothing. Seats alone are sold at the price that is held, whether or not it is still on sale.
   *
   * @throws NoSubscriptionError @throws ChangeInProgressError @throws ChangeUnderWayError @throws PriceNotOnSaleError
   * @throws and what {@link PlanChangePlanner.plan} does
   */
  async of(ownerId: string, request: ChangeRequest): Promise<ProspectiveChange> {
    const { reader } = this.transactions;
    const found = await this.changeable.look(reader, ownerId);
    await this.underWay.requireKnown(reader, found.subscription);
    const dropsPending = await this.pending.of(reader, found.subscription);
    const change = await this.planner.plan(reader, found, request, dropsPending);
    if (change.changesPlan) await this.prices.requireOnSale(found.provider, change);
    return { found, change, dropsPending };
  }
}
