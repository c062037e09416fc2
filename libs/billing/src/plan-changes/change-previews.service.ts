import { Injectable } from '@nestjs/common';
import { Clock, TransactionRunner } from '@tollgate/kernel';
import { PriceLists } from '../pricing/price-lists.service.js';
import type { ChangePreview } from '../providers/provider-changes.js';
import type { Money } from '../providers/provider-subscription.js';
import { type Changeable, ChangeableSubscriptions } from './changeable.service.js';
import type { PendingChangeView } from './pending-change-view.js';
import { PendingChanges } from './pending-changes.service.js';
import { type ChangeRequest, PlanChangePlanner, type PlannedChange } from './plan-change-planner.service.js';
import { UpgradePayments } from './upgrade-payments.service.js';

/** What a change would be, and cost. */
export interface PreviewedChange {
  readonly change: PlannedChange;
  /** When it would take place; null for at once. */
  readonly effectiveAt: Date | null;
  /** What is pending now and would be dropped for it; null for nothing. */
  readonly dropsPending: PendingChangeView | null;
  /** Null when the price is not known just now. */
  readonly cost: ChangePreview | null;
}

/** Says what a change would cost before it is made. */
@Injectable()
export class ChangePreviews {
  constructor(
    private readonly changeable: ChangeableSubscriptions,
    private readonly planner: PlanChangePlanner,
    private readonly pending: PendingChanges,
    private readonly priceLists: PriceLists,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly payments: UpgradePayments,
  ) {}

  /**
   * Changes nothing.
   *
   * @throws NoSubscriptionError, and what {@link PlanChangePlanner.plan} throws
   * @throws ProviderUnavailableError while the provider is down
   */
  async of(ownerId: string, request: ChangeRequest): Promise<PreviewedChange> {
    const { reader } = this.transactions;
    const found = await this.changeable.look(reader, ownerId);
    await this.pending.requireNotHeld(reader, found.subscription);
    const dropsPending = await this.pending.of(reader, found.subscription);
    const change = await this.planner.plan(reader, found, request, dropsPending);
    if (change.when === 'period_end') {
      const effectiveAt = found.subscription.currentPeriodEnd;
      return { change, effectiveAt, dropsPending, cost: await this.nextPeriod(found, change) };
    }
    const { priceRef, seats } = change;
    const proration = await this.payments.prorationOf(reader, found, change);
    const wish = { priceRef, seats, proration, at: this.clock.now() };
    const cost = await found.provider.previewChange(found.subscription.providerSubscriptionId, wish);
    return { change, effectiveAt: null, dropsPending, cost };
  }

  /** Nothing is due until the period ends; then the new price is. */
  private async nextPeriod(
    { subscription, provider }: Changeable,
    { priceRef, seats }: PlannedChange,
  ): Promise<ChangePreview | null> {
    const known = await this.priceLists.of(provider.name);
    const price = known?.list.prices.find((one) => one.priceRef === priceRef);
    if (!price) return null;
    const money = (amount: bigint): Money => ({ amount, currency: price.currency });
    return {
      dueNow: money(0n),
      credit: money(0n),
      nextAmount: money(price.amount * BigInt(seats ?? 1)),
      nextAt: subscription.currentPeriodEnd,
      estimated: true,
    };
  }
}
