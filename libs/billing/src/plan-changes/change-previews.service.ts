import { Injectable } from '@nestjs/common';
import { Clock, TransactionRunner } from '@tollgate/kernel';
import { PriceLists } from '../pricing/price-lists.service.js';
import type { ChangePreview } from '../providers/provider-changes.js';
import type { ProviderName } from '../providers/provider-name.js';
import type { Money } from '../providers/provider-subscription.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { Changeable } from './changeable.service.js';
import type { PendingChangeView } from './pending-change-view.js';
import type { ChangeRequest, PlannedChange } from './plan-change-planner.service.js';
import { ProspectiveChanges } from './prospective-changes.service.js';
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
    private readonly prospects: ProspectiveChanges,
    private readonly priceLists: PriceLists,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly payments: UpgradePayments,
  ) {}

  /**
   * Changes nothing.
   *
   * @throws what {@link ProspectiveChanges.of} does
   * @throws ProviderUnavailableError while the provider is down
   */
  async of(ownerId: string, request: ChangeRequest): Promise<PreviewedChange> {
    const { found, change, dropsPending } = await this.prospects.of(ownerId, request);
    if (change.when === 'period_end') {
      const effectiveAt = found.subscription.currentPeriodEnd;
      return { change, effectiveAt, dropsPending, cost: await this.nextPeriod(found, change) };
    }
    const priceRef = change.changesPlan ? change.priceRef : null;
    const proration = await this.payments.prorationOf(this.transactions.reader, found, change);
    const wish = { priceRef, seats: change.seats, proration, at: this.clock.now() };
    const cost = await found.provider.previewChange(found.subscription.providerSubscriptionId, wish);
    return { change, effectiveAt: null, dropsPending, cost };
  }

  /** Nothing is due until the period ends; then the new price is. */
  private async nextPeriod(
    { subscription, provider }: Changeable,
    { priceRef, seats, changesPlan }: PlannedChange,
  ): Promise<ChangePreview | null> {
    const price = changesPlan ? await this.listed(provider.name, priceRef) : heldPrice(subscription);
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

  private async listed(provider: ProviderName, priceRef: string): Promise<Money | undefined> {
    const known = await this.priceLists.of(provider);
    return known?.list.prices.find((one) => one.priceRef === priceRef);
  }
}

/** What one seat of a subscription costs, or the whole of one without seats; null when the provider does not tell. */
function heldPrice({ amount, currency, seats }: Subscription): Money | null {
  return amount === null || currency === null ? null : { amount: amount / BigInt(seats || 1), currency };
}
