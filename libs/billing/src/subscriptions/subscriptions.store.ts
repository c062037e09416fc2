import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { Subscription } from './subscription.js';

interface SubscriptionRow {
  readonly id: string;
  readonly owner_id: string;
  readonly plan: string;
  readonly status: Subscription['status'];
  readonly provider: Subscription['provider'];
  readonly provider_customer_id: string | null;
  readonly provider_subscription_id: string | null;
  readonly current_period_start: Date | null;
  readonly current_period_end: Date | null;
  readonly trial_end: Date | null;
  readonly cancel_at: Date | null;
  readonly past_due_since: Date | null;
  readonly grace_until: Date | null;
  readonly seats: number | null;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly interval: Subscription['interval'];
  readonly trial_used_at: Date | null;
}

/** The one row of each owner. */
@Injectable()
export class SubscriptionsStore {
  /** Makes the row of a new owner; the table's defaults are the free plan. */
  async insertFree(tx: Transaction, ownerId: string): Promise<void> {
    await tx.query('insert into subscription (owner_id) values ($1)', [ownerId]);
  }

  /** The row of an owner; null only for an owner that does not exist. */
  async ofOwner(reader: Transaction, ownerId: string): Promise<Subscription | null> {
    const [row] = await reader.query<SubscriptionRow[]>('select * from subscription where owner_id = $1', [
      ownerId,
    ]);
    return row ? subscriptionOf(row) : null;
  }

  /** The row, locked until the end of the transaction. The owner row must be locked before. */
  async lock(tx: Transaction, ownerId: string): Promise<Subscription | null> {
    const [row] = await tx.query<SubscriptionRow[]>(
      'select * from subscription where owner_id = $1 for update',
      [ownerId],
    );
    return row ? subscriptionOf(row) : null;
  }

  /** Writes every field but the identity; a trial that was used stays used. */
  async save(tx: Transaction, subscription: Subscription, at: Date): Promise<void> {
    await tx.query(
      `update subscription set plan = $2, status = $3, provider = $4, provider_customer_id = $5,
         provider_subscription_id = $6, current_period_start = $7, current_period_end = $8, trial_end = $9,
         cancel_at = $10, past_due_since = $11, grace_until = $12, seats = $13, amount = $14, currency = $15,
         interval = $16, trial_used_at = coalesce(trial_used_at, $18), updated_at = $17
       where owner_id = $1`,
      [
        subscription.ownerId,
        subscription.plan,
        subscription.status,
        subscription.provider,
        subscription.providerCustomerId,
        subscription.providerSubscriptionId,
        subscription.currentPeriodStart,
        subscription.currentPeriodEnd,
        subscription.trialEnd,
        subscription.cancelAt,
        subscription.pastDueSince,
        subscription.graceUntil,
        subscription.seats,
        subscription.amount?.toString() ?? null,
        subscription.currency,
        subscription.interval,
        at,
        subscription.trialUsedAt,
      ],
    );
  }
}

function subscriptionOf(row: SubscriptionRow): Subscription {
  return {
    id: row.id,
    ownerId: row.owner_id,
    plan: row.plan,
    status: row.status,
    provider: row.provider,
    providerCustomerId: row.provider_customer_id,
    providerSubscriptionId: row.provider_subscription_id,
    currentPeriodStart: row.current_period_start,
    currentPeriodEnd: row.current_period_end,
    trialEnd: row.trial_end,
    cancelAt: row.cancel_at,
    pastDueSince: row.past_due_since,
    graceUntil: row.grace_until,
    seats: row.seats,
    amount: row.amount === null ? null : BigInt(row.amount),
    currency: row.currency,
    interval: row.interval,
    trialUsedAt: row.trial_used_at,
  };
}
