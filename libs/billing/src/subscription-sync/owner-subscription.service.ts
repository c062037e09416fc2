import { Injectable, Logger } from '@nestjs/common';
import { Assignments, Catalogs } from '@tollgate/entitlements';
import { AuditLog, type Transaction } from '@tollgate/kernel';
import { graceUntil } from '../subscriptions/grace-period.js';
import { subscriptionAccess } from '../subscriptions/subscription-access.js';
import { LIVE_STATUSES, type Subscription } from '../subscriptions/subscription.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { chooseSubscription } from './choose-subscription.js';
import { type KnownSubscription, ProviderSubscriptions } from './provider-subscriptions.store.js';

/** The two cents of audit that people ask for first. */
const auditable = ({ plan, status, cancelAt }: Subscription): object => ({ plan, status, cancelAt });

/** Derives an owner's one subscription and assignment from everything known of that owner at the providers. */
@Injectable()
export class OwnerSubscription {
  private readonly logger = new Logger(OwnerSubscription.name);

  constructor(
    private readonly known: ProviderSubscriptions,
    private readonly subscriptions: SubscriptionsStore,
    private readonly assignments: Assignments,
    private readonly catalogs: Catalogs,
    private readonly audit: AuditLog,
  ) {}

  /** Brings row and assignment up to `at`. The owner row must be locked. Safe to repeat. */
  async refresh(tx: Transaction, ownerId: string, at: Date, cause: string): Promise<void> {
    const before = await this.subscriptions.lock(tx, ownerId);
    if (!before) return;
    const known = await this.known.ofOwner(tx, ownerId);
    this.warnOfSeveral(ownerId, known);
    // A cancellation that has come is over, even while the provider has not said so: another one may go on.
    const going = known.filter(({ cancelAt }) => cancelAt === null || cancelAt > at);
    const chosen = chooseSubscription(going, (plan) => this.catalogs.current().plans.get(plan)?.rank ?? -1);
    const after = chosen ? this.rowOf(before, chosen) : this.freeRow(before);
    await this.assign(tx, ownerId, chosen ?? latestEnded(known), at);
    await this.subscriptions.save(tx, after, at);
    if (JSON.stringify(auditable(before)) !== JSON.stringify(auditable(after))) {
      await this.audit.record(tx, {
        actor: { kind: 'system', name: cause },
        action: 'subscription.changed',
        subject: { type: 'subscription', id: before.id },
        ownerId,
        before: auditable(before),
        after: auditable(after),
      });
    }
  }

  private async assign(
    tx: Transaction,
    ownerId: string,
    from: KnownSubscription | null,
    at: Date,
  ): Promise<void> {
    if (!from) return;
    const access = subscriptionAccess(from, this.graceDaysOf(from.plan), at);
    if (access.to !== null && access.to <= at) {
      await this.assignments.set(tx, ownerId, 'subscription', null, access.to, access.lapsed);
      return;
    }
    const desired = { ...access, plan: from.plan, from: at, billingAnchor: from.trialEnd ?? from.startedAt };
    await this.assignments.set(tx, ownerId, 'subscription', desired, at);
  }

  private rowOf(before: Subscription, chosen: KnownSubscription): Subscription {
    const { pastDueSince } = chosen;
    return {
      ...before,
      plan: chosen.plan,
      status: chosen.status,
      provider: chosen.provider,
      providerCustomerId: chosen.customerId,
      providerSubscriptionId: chosen.id,
      currentPeriodStart: chosen.currentPeriodStart,
      currentPeriodEnd: chosen.currentPeriodEnd,
      trialEnd: chosen.trialEnd,
      cancelAt: chosen.cancelAt,
      pastDueSince,
      graceUntil: pastDueSince && graceUntil(pastDueSince, this.graceDaysOf(chosen.plan)),
      seats: chosen.seats,
      amount: chosen.amount,
      currency: chosen.currency,
      interval: chosen.interval,
    };
  }

  /** Nothing is bought any more; the customer at the provider stays known. */
  private freeRow(before: Subscription): Subscription {
    return {
      ...before,
      plan: this.catalogs.current().defaultPlan,
      status: 'active',
      providerSubscriptionId: null,
      currentPeriodStart: null,
      currentPeriodEnd: null,
      trialEnd: null,
      cancelAt: null,
      pastDueSince: null,
      graceUntil: null,
      seats: null,
      amount: null,
      currency: null,
      interval: null,
    };
  }

  private graceDaysOf(plan: string): number {
    return this.catalogs.current().plans.get(plan)?.graceDays ?? 0;
  }

  private warnOfSeveral(ownerId: string, known: readonly KnownSubscription[]): void {
    const live = known.filter((subscription) => LIVE_STATUSES.has(subscription.status));
    if (live.length > 1) {
      const ids = live.map(({ provider, id }) => `${provider}:${id}`).join(', ');
      this.logger.error(`owner ${ownerId} has ${live.length} live provider subscriptions: ${ids}`);
    }
  }
}

function latestEnded(known: readonly KnownSubscription[]): KnownSubscription | null {
  const end = ({ endedAt, cancelAt }: KnownSubscription): number => (endedAt ?? cancelAt)?.getTime() ?? 0;
  return known.toSorted((one, other) => end(other) - end(one))[0] ?? null;
}
