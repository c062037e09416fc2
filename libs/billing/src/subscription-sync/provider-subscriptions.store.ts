import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { DetectionRule } from '../plan-detection/detect-plan.js';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';
import type { ProviderSubscription, SubscriptionStatus } from '../providers/provider-subscription.js';
import type { AccessFacts } from '../subscriptions/subscription-access.js';

/** One row per subscription id that a provider ever told us of. */
export interface KnownSubscription extends AccessFacts {
  readonly provider: ProviderName;
  readonly id: string;
  readonly ownerId: string;
  readonly customerId: string;
  readonly plan: string;
  readonly canceledAt: Date | null;
  readonly seats: number;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly interval: BillingInterval | null;
}

/** What is written beside the fetched subscription itself. */
export interface Recognised {
  readonly ownerId: string;
  readonly plan: string;
  readonly rule: DetectionRule | 'kept';
  readonly status: SubscriptionStatus;
  readonly pastDueSince: Date | null;
  readonly fetchedAt: Date;
  readonly nextLookAt: Date | null;
}

interface KnownRow {
  readonly provider: ProviderName;
  readonly id: string;
  readonly owner_id: string;
  readonly customer_id: string;
  readonly plan: string;
  readonly status: SubscriptionStatus;
  readonly current_period_start: Date | null;
  readonly current_period_end: Date | null;
  readonly trial_end: Date | null;
  readonly cancel_at: Date | null;
  readonly canceled_at: Date | null;
  readonly ended_at: Date | null;
  readonly past_due_since: Date | null;
  readonly started_at: Date | null;
  readonly seats: number;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly interval: BillingInterval | null;
}

/** The provider's subscriptions as last fetched. */
@Injectable()
export class ProviderSubscriptions {
  /** One subscription by its id. */
  async find(reader: Transaction, provider: ProviderName, id: string): Promise<KnownSubscription | null> {
    const rows = await reader.query<KnownRow[]>(
      'select * from provider_subscription where provider = $1 and id = $2',
      [provider, id],
    );
    return rows[0] ? knownOf(rows[0]) : null;
  }

  /** All that an owner ever had, at any provider. */
  async ofOwner(reader: Transaction, ownerId: string): Promise<KnownSubscription[]> {
    const rows = await reader.query<KnownRow[]>('select * from provider_subscription where owner_id = $1', [
      ownerId,
    ]);
    return rows.map(knownOf);
  }

  /** Writes the row whole. */
  async save(tx: Transaction, fetched: ProviderSubscription, recognised: Recognised): Promise<void> {
    const values = columnsOf(fetched, recognised);
    const columns = Object.keys(values);
    const updates = columns.filter((column) => column !== 'provider' && column !== 'id');
    await tx.query(
      `insert into provider_subscription (${columns.join(', ')})
       values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
       on conflict (provider, id) do update set ${updates.map((column) => `${column} = excluded.${column}`).join(', ')}`,
      Object.values(values),
    );
  }

  /** Takes up to `limit` subscriptions whose edge has come, and pushes their next look to `next`. */
  async takeDueLooks(
    tx: Transaction,
    now: Date,
    next: Date,
    limit: number,
  ): Promise<{ provider: ProviderName; subscriptionId: string }[]> {
    const [rows] = await tx.query<[{ provider: ProviderName; subscriptionId: string }[], number]>(
      `update provider_subscription set next_look_at = $2
       where (provider, id) in (
         select provider, id from provider_subscription where next_look_at <= $1
         order by next_look_at limit $3 for update skip locked)
       returning provider, id as "subscriptionId"`,
      [now, next, limit],
    );
    return rows;
  }
}

function columnsOf(fetched: ProviderSubscription, recognised: Recognised): Record<string, unknown> {
  return {
    provider: fetched.provider,
    id: fetched.id,
    owner_id: recognised.ownerId,
    customer_id: fetched.customerId,
    plan: recognised.plan,
    plan_rule: recognised.rule,
    status: recognised.status,
    product_id: fetched.productId,
    price_id: fetched.priceId,
    current_period_start: fetched.currentPeriodStart,
    current_period_end: fetched.currentPeriodEnd,
    trial_end: fetched.trialEnd,
    cancel_at: fetched.cancelAt,
    canceled_at: fetched.canceledAt,
    ended_at: fetched.endedAt,
    past_due_since: recognised.pastDueSince,
    started_at: fetched.startedAt,
    seats: fetched.seats,
    amount: fetched.price?.amount.toString() ?? null,
    currency: fetched.price?.currency ?? null,
    interval: fetched.interval,
    modified_at: fetched.modifiedAt,
    fetched_at: recognised.fetchedAt,
    next_look_at: recognised.nextLookAt,
  };
}

function knownOf(row: KnownRow): KnownSubscription {
  return {
    provider: row.provider,
    id: row.id,
    ownerId: row.owner_id,
    customerId: row.customer_id,
    plan: row.plan,
    status: row.status,
    currentPeriodStart: row.current_period_start,
    currentPeriodEnd: row.current_period_end,
    trialEnd: row.trial_end,
    cancelAt: row.cancel_at,
    canceledAt: row.canceled_at,
    endedAt: row.ended_at,
    pastDueSince: row.past_due_since,
    startedAt: row.started_at,
    seats: row.seats,
    amount: row.amount === null ? null : BigInt(row.amount),
    currency: row.currency,
    interval: row.interval,
  };
}
