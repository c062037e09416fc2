import { Injectable } from '@nestjs/common';
import { Clock, type Transaction } from '@tollgate/kernel';
import { verbsReplacedBy } from '../provider-commands/command-call.js';
import type { ProviderCommand } from '../provider-commands/provider-command.js';
import { ProviderCommandsStore } from '../provider-commands/provider-commands.store.js';
import { Inbox } from '../subscription-sync/inbox.service.js';
import { ProviderSubscriptions } from '../subscription-sync/provider-subscriptions.store.js';
import type { LiveSubscription, Subscription } from '../subscriptions/subscription.js';
import { ChangeInProgressError, ChangeUnderWayError } from './plan-changes.errors.js';
import { type OwnPlanChange, PlanChangesStore } from './plan-changes.store.js';

const CHANGES = verbsReplacedBy('change_plan');

/** Changes on their way to the provider: what can still be ended, and what it has of which nothing is seen here yet. */
@Injectable()
export class ChangesUnderWay {
  constructor(
    private readonly own: PlanChangesStore,
    private readonly known: ProviderSubscriptions,
    private readonly commands: ProviderCommandsStore,
    private readonly inbox: Inbox,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends every command about plan or seats that was not sent, and answers them. Owner and subscription must be locked.
   *
   * @throws ChangeUnderWayError @throws ChangeInProgressError as of {@link requireKnown}: what is held here is then not what
   *   would be changed
   */
  async endUnsent(tx: Transaction, subscription: LiveSubscription): Promise<readonly ProviderCommand[]> {
    const { provider, providerSubscriptionId: id } = subscription;
    // First, so that whatever waits afterwards was sent: a worker may take it just now.
    const ended = await this.commands.supersede(tx, provider, id, CHANGES, this.clock.now());
    await this.requireKnown(tx, subscription);
    return ended;
  }

  /**
   * Refuses while the provider has made a change of which nothing is seen here: in the last hour before its time, when the
   * plan of before goes on, and while the outcome of one is not known.
   *
   * @throws ChangeUnderWayError @throws ChangeInProgressError
   */
  async requireKnown(reader: Transaction, subscription: LiveSubscription): Promise<void> {
    const held = await this.held(reader, subscription);
    if (held) throw new ChangeUnderWayError(held.effectiveAt);
    const unknown = (await this.sent(reader, subscription)) ?? (await this.unseen(reader, subscription));
    if (unknown) throw new ChangeInProgressError(unknown.id);
  }

  /** The change of ours that the provider has made shortly before its time, while the plan of before goes on here. */
  async held(reader: Transaction, subscription: Subscription): Promise<OwnPlanChange | null> {
    const { provider, providerSubscriptionId: id, plan } = subscription;
    return id === null ? null : this.own.heldOf(reader, { provider, id, plan }, this.clock.now());
  }

  /** A command that was sent, and whose outcome is not known. */
  private async sent(
    reader: Transaction,
    { provider, providerSubscriptionId: id }: LiveSubscription,
  ): Promise<ProviderCommand | undefined> {
    const waiting = await this.commands.pendingOf(reader, provider, id);
    return waiting.find(({ attemptedAt }) => attemptedAt !== null);
  }

  /** A change that the provider made and that was not fetched since; null when all were. */
  private async unseen(
    reader: Transaction,
    { provider, providerSubscriptionId: id }: LiveSubscription,
  ): Promise<ProviderCommand | null> {
    if (!(await this.inbox.isSyncWanted(reader, { provider, subscriptionId: id }))) return null;
    const done = await this.commands.lastDone(reader, provider, id, CHANGES);
    const fetchedAt = (await this.known.find(reader, provider, id))?.fetchedAt;
    return done?.finishedAt && fetchedAt && done.finishedAt > fetchedAt ? done : null;
  }
}
