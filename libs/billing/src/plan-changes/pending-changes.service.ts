import { Injectable } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import { AuditLog, Clock, IdGenerator, type Transaction } from '@tollgate/kernel';
import { PriceMap } from '../plan-detection/price-map.store.js';
import { isForPeriodEnd } from '../provider-commands/command-call.js';
import type { Author } from '../provider-commands/provider-commands.service.js';
import { ProviderSubscriptions } from '../subscription-sync/provider-subscriptions.store.js';
import type { Subscription } from '../subscriptions/subscription.js';
import type { Changeable } from './changeable.service.js';
import { ChangesUnderWay } from './changes-under-way.service.js';
import type { PendingChangeView } from './pending-change-view.js';
import type { PlannedChange } from './plan-change-planner.service.js';
import { PlanChangesStore } from './plan-changes.store.js';

/** Changes that wait for the end of a period: kept by the provider where it can, else by us. */
@Injectable()
export class PendingChanges {
  constructor(
    private readonly own: PlanChangesStore,
    private readonly known: ProviderSubscriptions,
    private readonly underWay: ChangesUnderWay,
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
    const mine =
      (await this.own.pendingOf(reader, provider, id)) ?? (await this.underWay.held(reader, subscription));
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
   * Makes room for another wish: ends our pending change, and every command about plan or seats that was not sent.
   *
   * @throws ChangeInProgressError @throws ChangeUnderWayError
   */
  async replace(tx: Transaction, { subscription }: Changeable): Promise<void> {
    const { provider, providerSubscriptionId: id } = subscription;
    await this.underWay.endUnsent(tx, subscription);
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
    const ended = await this.underWay.endUnsent(tx, subscription);
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
