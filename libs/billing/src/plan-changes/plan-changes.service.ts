import { Injectable } from '@nestjs/common';
import { type Transaction, TransactionRunner } from '@tollgate/kernel';
import type { CommandCall } from '../provider-commands/command-call.js';
import type { ProviderCommand } from '../provider-commands/provider-command.js';
import { type Author, ProviderCommands } from '../provider-commands/provider-commands.service.js';
import { type Changeable, ChangeableSubscriptions } from './changeable.service.js';
import type { PendingChangeView } from './pending-change-view.js';
import { PendingChanges } from './pending-changes.service.js';
import { type ChangeRequest, PlanChangePlanner, type PlannedChange } from './plan-change-planner.service.js';
import { WrongStateError } from './plan-changes.errors.js';
import { ProspectiveChanges } from './prospective-changes.service.js';
import { UpgradePayments } from './upgrade-payments.service.js';

/** A change that was taken on: sent to the provider now, or kept by us until its time. */
export interface AcceptedChange {
  readonly change: PlannedChange;
  /** When it takes place; null for as soon as the provider has confirmed it. */
  readonly effectiveAt: Date | null;
  /** What was pending until now, and is dropped for it; null for nothing. */
  readonly dropsPending: PendingChangeView | null;
  /** Null when the change is kept by us. */
  readonly command: ProviderCommand | null;
}

/** Changing what was bought: more at once and prorated, less at the end of the period. */
@Injectable()
export class PlanChanges {
  constructor(
    private readonly prospects: ProspectiveChanges,
    private readonly changeable: ChangeableSubscriptions,
    private readonly planner: PlanChangePlanner,
    private readonly pending: PendingChanges,
    private readonly commands: ProviderCommands,
    private readonly transactions: TransactionRunner,
    private readonly payments: UpgradePayments,
  ) {}

  /**
   * Takes on a change of an owner's subscription. Access changes when the provider has confirmed it. A change that
   * was pending is replaced, whoever kept it and whenever the new one takes place: the last wish counts.
   *
   * @throws what {@link ProspectiveChanges.of} does
   */
  async change(ownerId: string, request: ChangeRequest, author: Author): Promise<AcceptedChange> {
    await this.prospects.of(ownerId, request);
    return this.transactions.run(async (tx) => {
      const found = await this.changeable.lock(tx, ownerId);
      const dropsPending = await this.pending.of(tx, found.subscription);
      await this.pending.replace(tx, found);
      const change = await this.planner.plan(tx, found, request, dropsPending);
      return { ...(await this.take(tx, found, change, author)), change, dropsPending };
    });
  }

  /**
   * Takes a pending change back. Null when the provider had not heard of it: then it is gone.
   *
   * @throws NoSubscriptionError @throws ChangeInProgressError @throws ChangeUnderWayError
   * @throws WrongStateError `nothing_pending`
   */
  async revoke(ownerId: string, author: Author): Promise<ProviderCommand | null> {
    return this.transactions.run(async (tx) => {
      const found = await this.changeable.lock(tx, ownerId);
      const isTakenBack = await this.pending.takeBackUnsent(tx, found, author);
      if (await this.pending.atProvider(tx, found))
        return this.submit(tx, found, { verb: 'drop_pending_change' }, author);
      if (!isTakenBack) throw new WrongStateError('nothing_pending', 'No change is pending');
      return null;
    });
  }

  private async take(
    tx: Transaction,
    found: Changeable,
    change: PlannedChange,
    author: Author,
  ): Promise<Pick<AcceptedChange, 'effectiveAt' | 'command'>> {
    const { subscription, provider } = found;
    const { when, changesPlan, priceRef, seats } = change;
    const end = subscription.currentPeriodEnd;
    if (when === 'period_end' && provider.capabilities.changeAtPeriodEnd === 'ours' && end) {
      await this.pending.keep(tx, found, change, end, author);
      return { effectiveAt: end, command: null };
    }
    const proration = when === 'now' ? await this.payments.prorationOf(tx, found, change) : ('none' as const);
    const call: CommandCall =
      changesPlan || seats === null
        ? { verb: 'change_plan', priceRef, seats, when, proration }
        : { verb: 'set_seats', seats, when, proration };
    const command = await this.submit(tx, found, call, author);
    return { effectiveAt: when === 'now' ? null : end, command };
  }

  private async submit(
    tx: Transaction,
    { subscription, provider }: Changeable,
    call: CommandCall,
    author: Author,
  ): Promise<ProviderCommand> {
    const { ownerId, providerSubscriptionId: subscriptionId } = subscription;
    return this.commands.submit(tx, { ownerId, provider: provider.name, subscriptionId, call, author });
  }
}
