import { Injectable } from '@nestjs/common';
import { Assignments, Catalogs } from '@tollgate/entitlements';
import { AuditLog, type Transaction } from '@tollgate/kernel';
import { graceUntil } from '../subscriptions/grace-period.js';
import { subscriptionAccess } from '../subscriptions/subscription-access.js';
import type { Subscription } from '../subscriptions/subscription.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { chooseSubscription } from './choose-subscription.js';
import type { KnownSubscription } from './known-subscription.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';
import { SeveralSubscriptions } from './several-subscriptions.service.js';

/** The two cents of audit that people ask for first. */
const auditable = ({ plan, status, cancelAt }: Subscription): object => ({ plan, status, cancelAt });

/** Derives an owner's one subscription and assignment from everything known of that owner at the providers. */
@Injectable()
export class OwnerSubscription {
  constructor(
    private readonly known: ProviderSubscriptions,
    private readonly subscriptions: SubscriptionsStore,
    private readonly assignments: Assignments,
    private readonly catalogs: Catalogs,
    private readonly audit: AuditLog,
    private readonly several: SeveralSubscriptions,
  ) {}

  /** Brings row and assignment up to `at`. The owner row must be locked. Safe to repeat. */
  async refresh(tx: Transaction, ownerId: string, at: Date, cause: string): Promise<void> {
    const before = await this.subscriptions.lock(tx, ownerId);
    if (!before) return;
    const known = await this.known.ofOwner(tx, ownerId);
    await this.several.watch(tx, ownerId, known);
    // A cancellation that has come is over, even while the provider has not said so: another one may go on.
    const going = known.filter(({ cancelAt }) => cancelAt === null || cancelAt > at);
    const chosen = chooseSubscription(going, (plan) => this.catalogs.current().plans.get(plan)?.rank ?? -1);
    const bought = chosen ? this.rowOf(before, chosen) : this.freeRow(before);
    const after = { ...bought, trialUsedAt: before.trialUsedAt ?? trialBegun(known, at) };
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
    const desired = { ...access, plan: from.plan, from: at, billingAnchor: paidAnchor(from, at) };
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
}

/** Billing periods of ours follow the provider's from the first payment on. Null while a trial runs. */
function paidAnchor({ trialEnd, billingAnchor }: KnownSubscription, at: Date): Date | null {
  return trialEnd !== null && trialEnd > at ? null : billingAnchor;
}

/** When the owner's trial began, if any subscription ever had one. */
function trialBegun(known: readonly KnownSubscription[], at: Date): Date | null {
  const trials = known.filter(({ trialEnd }) => trialEnd !== null);
  const begun = trials.map(({ startedAt }) => (startedAt ?? at).getTime());
  return begun.length > 0 ? new Date(Math.min(...begun)) : null;
}

function latestEnded(known: readonly KnownSubscription[]): KnownSubscription | null {
  const end = ({ endedAt, cancelAt }: KnownSubscription): number => (endedAt ?? cancelAt)?.getTime() ?? 0;
  return known.toSorted((one, other) => end(other) - end(one))[0] ?? null;
}
