import { Injectable } from '@nestjs/common';
import { type Transaction, TransactionRunner } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import { ProviderCommands } from '../provider-commands/provider-commands.service.js';
import { LIVE_STATUSES, type Subscription } from '../subscriptions/subscription.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { type OwnPlanChange, PlanChangesStore } from './plan-changes.store.js';
import { LEAD_MS, sendTimes } from './send-times.js';

const BATCH = 200;

/** Sends the changes that we kept, at the edge of the period. */
@Injectable()
export class DuePlanChanges {
  constructor(
    private readonly changes: PlanChangesStore,
    private readonly subscriptions: SubscriptionsStore,
    private readonly owners: BillingOwners,
    private readonly commands: ProviderCommands,
    private readonly alerts: Alerts,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Sends what is due at `at`; answers how many changes were looked at. */
  async run(at: Date): Promise<number> {
    const soon = new Date(at.getTime() + LEAD_MS);
    const due = await this.changes.due(this.transactions.reader, soon, BATCH);
    for (const change of due) await this.transactions.run((tx) => this.take(tx, change, at));
    return due.length;
  }

  /** When the changes have to be sent whose time comes after `from` and until `to`, in order. */
  async sendTimes(from: Date, to: Date): Promise<Date[]> {
    const edges = await this.changes.edges(this.transactions.reader, from, to);
    return sendTimes(edges, from);
  }

  private async take(tx: Transaction, seen: OwnPlanChange, at: Date): Promise<void> {
    const { ownerId, provider, subscriptionId } = seen;
    await this.owners.lock(tx, ownerId);
    const subscription = await this.subscriptions.lock(tx, ownerId);
    const change = await this.changes.pendingOf(tx, provider, subscriptionId);
    if (change?.id !== seen.id || !subscription) return;
    if (isOvertaken(change, subscription)) {
      await this.changes.endScheduled(tx, provider, subscriptionId, 'superseded', at);
      if (isChargedOn(change, subscription)) await this.tellStaff(tx, change, subscription.plan);
      return;
    }
    if (!isTime(subscription)) return;
    const { priceRef, seats } = change;
    const command = await this.commands.submit(tx, {
      ownerId,
      provider,
      subscriptionId,
      call: { verb: 'change_plan', priceRef, seats, when: 'now', proration: proration(change, subscription) },
      author: { actor: { kind: 'system', name: 'plan-changes.due' } },
    });
    await this.changes.markSent(tx, change.id, command.id);
  }

  private async tellStaff(tx: Transaction, change: OwnPlanChange, held: string): Promise<void> {
    const { id, ownerId, provider, subscriptionId, fromPlan, plan, interval, seats } = change;
    await this.alerts.raise(tx, {
      kind: 'pending_change_dropped',
      subject: id,
      ownerId,
      details: { provider, subscriptionId, wished: plan, interval, seats, wishedFrom: fromPlan, held },
    });
  }
}

/** Whether the subscription is no longer the one that was to be changed. */
function isOvertaken(change: OwnPlanChange, subscription: Subscription): boolean {
  return (
    subscription.providerSubscriptionId !== change.subscriptionId ||
    !LIVE_STATUSES.has(subscription.status) ||
    subscription.plan !== change.fromPlan ||
    subscription.cancelAt !== null
  );
}

/** Whether it goes on and is renewed with what nobody wished it to be renewed with; an end was wished for. */
function isChargedOn(change: OwnPlanChange, subscription: Subscription): boolean {
  const { providerSubscriptionId, status, cancelAt } = subscription;
  return providerSubscriptionId === change.subscriptionId && LIVE_STATUSES.has(status) && cancelAt === null;
}

/** Nothing is sent while a payment is due: providers refuse it, and the change comes right after. */
function isTime({ status }: Subscription): boolean {
  return status !== 'past_due' && status !== 'unpaid';
}

/**
 * Before the edge there is nothing to charge for the rest of the period, unless another interval begins a new one at once: then
 * what is left of this one is given back. Once the renewal is behind us it was charged at the old price, and the difference
 * is given back.
 */
function proration({ effectiveAt, interval }: OwnPlanChange, held: Subscription): 'next_invoice' | 'none' {
  const isRenewed = held.currentPeriodEnd !== null && held.currentPeriodEnd > effectiveAt;
  return isRenewed || held.interval !== interval ? 'next_invoice' : 'none';
}
