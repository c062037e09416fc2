import { Injectable } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import { AuditLog, Clock, IdGenerator, type Transaction } from '@tollgate/kernel';
import { PriceMap } from '../plan-detection/price-map.store.js';
import { isForPeriodEnd, verbsReplacedBy } from '../provider-commands/command-call.js';
import type { ProviderCommand } from '../provider-commands/provider-command.js';
import type { Author } from '../provider-commands/provider-commands.service.js';
import { ProviderCommandsStore } from '../provider-commands/provider-commands.store.js';
import type { ProviderName } from '../providers/payment-provider.js';
import { Inbox } from '../subscription-sync/inbox.service.js';
import { ProviderSubscriptions } from '../subscription-sync/provider-subscriptions.store.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { Changeable, LiveSubscription } from './changeable.service.js';
import type { PendingChangeView } from './pending-change-view.js';
import type { PlannedChange } from './plan-change-planner.service.js';
import { ChangeInProgressError, ChangeUnderWayError } from './plan-changes.errors.js';
import { type OwnPlanChange, PlanChangesStore } from './plan-changes.store.js';

const CHANGES = verbsReplacedBy('change_plan');

/** Changes that wait for the end of a period: kept by the provider where it can, else by us. */
@Injectable()
export class PendingChanges {
  constructor(
    private readonly own: PlanChangesStore,
    private readonly known: ProviderSubscriptions,
    private readonly commands: ProviderCommandsStore,
    private readonly inbox: Inbox,
    private readonly priceMap: PriceMap,
    private readonly catalogs: Catalogs,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  /** The pending change of a subscription; null when there is none. */
  async of(reader: Transaction, subscription: Subscription): Promise<PendingChangeView | null> {
    const { provider, providerSubscriptionId: id } = subscription;
    if (id === null) return null;
    const mine = (await this.own.pendingOf(reader, provider, id)) ?? (await this.held(reader, subscription));
    if (mine) {
      const { plan, interval, seats, effectiveAt } = mine;
      return { plan, interval, seats, effectiveAt, keptBy: 'us' };
    }
    const theirs = (await this.known.find(reader, provider, id))?.pendingChange;
    if (!theirs) return null;
    const { priceRef, seats, appliesAt } = theirs;
    const price = priceRef === null ? null : await this.priceMap.find(reader, provider, priceRef);
    const [plan, interval] =
      priceRef === null
        ? [subscription.plan, subscription.interval]
        : [price?.plan ?? null, price?.interval ?? null];
    const isPerSeat = plan === null || this.catalogs.current().plans.get(plan)?.perSeat !== false;
    return {
      plan,
      interval,
      // A provider that says nothing of seats leaves them as they are; on a plan without seats it counts one.
      seats: isPerSeat ? (seats ?? subscription.seats) : null,
      effectiveAt: appliesAt,
      keptBy: 'provider',
    };
  }

  /** Whether the provider keeps a change of this subscription. */
  async atProvider(tx: Transaction, { subscription }: Changeable): Promise<boolean> {
    const { provider, providerSubscriptionId } = subscription;
    return (await this.known.find(tx, provider, providerSubscriptionId))?.pendingChange != null;
  }

  /**
   * Makes room for another wish: ends every earlier one about plan or seats that no provider has heard of, and answers them.
   * Refuses where one has and what it makes of it is not known here yet: the subscription that is held is then not what is
   * changed.
   *
   * @throws ChangeInProgressError @throws ChangeUnderWayError
   */
  async replaceWaiting(
    tx: Transaction,
    { subscription }: Pick<Changeable, 'subscription'>,
  ): Promise<readonly ProviderCommand[]> {
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
    const { provider, providerSubscriptionId: id } = subscription;
    const held = await this.held(reader, subscription);
    if (held) throw new ChangeUnderWayError(held.effectiveAt);
    const waiting = await this.commands.pendingOf(reader, provider, id);
    const unknown =
      waiting.find(({ attemptedAt }) => attemptedAt !== null) ?? (await this.unseen(reader, provider, id));
    if (unknown) throw new ChangeInProgressError(unknown.id);
  }

  /** Ends our pending change, because another wish takes its place. */
  async supersede(tx: Transaction, { subscription }: Changeable): Promise<void> {
    const { provider, providerSubscriptionId: id } = subscription;
    await this.own.endScheduled(tx, provider, id, 'superseded', this.clock.now());
  }

  /**
   * Takes a change for the period's end back that the provider has not heard of: one that we keep, or one whose command waits.
   * False when there is none. What waits is known only from what could be ended: a worker may take it just now.
   *
   * @throws ChangeInProgressError @throws ChangeUnderWayError
   */
  async takeBackUnsent(tx: Transaction, { subscription }: Changeable, author: Author): Promise<boolean> {
    const { ownerId, provider, providerSubscriptionId: id } = subscription;
    const isOurs = (await this.own.pendingOf(tx, provider, id)) !== null;
    const ended = await this.replaceWaiting(tx, { subscription });
    await this.own.endScheduled(tx, provider, id, 'revoked', this.clock.now());
    if (!isOurs && !ended.some(({ call }) => isForPeriodEnd(call))) return false;
    await this.audit.record(tx, {
      ...author,
      action: 'subscription.change_revoked',
      subject: { type: 'subscription', id: subscription.id },
      ownerId,
    });
    return true;
  }

  private async held(reader: Transaction, subscription: Subscription): Promise<OwnPlanChange | null> {
    const { provider, providerSubscriptionId: id, plan } = subscription;
    return id === null ? null : this.own.heldOf(reader, { provider, id, plan }, this.clock.now());
  }

  /** A change that the provider made and that was not fetched since; null when all were. */
  private async unseen(
    reader: Transaction,
    provider: ProviderName,
    id: string,
  ): Promise<ProviderCommand | null> {
    if (!(await this.inbox.isSyncWanted(reader, { provider, subscriptionId: id }))) return null;
    const done = await this.commands.lastDone(reader, provider, id, CHANGES);
    const fetchedAt = (await this.known.find(reader, provider, id))?.fetchedAt;
    return done?.finishedAt && fetchedAt && done.finishedAt > fetchedAt ? done : null;
  }

  /** Keeps a change until `effectiveAt`. */
  async keep(
    tx: Transaction,
    { subscription }: Changeable,
    { plan, interval, seats, priceRef }: PlannedChange,
    effectiveAt: Date,
    author: Author,
  ): Promise<void> {
    const { ownerId, provider, providerSubscriptionId: subscriptionId, plan: fromPlan } = subscription;
    const id = this.ids.next();
    const change = { id, ownerId, provider, subscriptionId, fromPlan, plan, interval, seats, priceRef };
    await this.own.insert(tx, { ...change, effectiveAt }, this.clock.now());
    await this.audit.record(tx, {
      ...author,
      action: 'subscription.change_scheduled',
      subject: { type: 'plan_change', id },
      ownerId,
      before: { plan: fromPlan },
      after: { plan, interval, seats, effectiveAt },
    });
  }
}
