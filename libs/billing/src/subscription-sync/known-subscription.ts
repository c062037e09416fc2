import type { DetectionRule } from '../plan-detection/detect-plan.js';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';
import type {
  PendingChange,
  ProviderSubscription,
  SubscriptionStatus,
} from '../providers/provider-subscription.js';
import type { AccessFacts } from '../subscriptions/subscription-access.js';

/** One row per subscription id that a provider ever told us of. */
export interface KnownSubscription extends AccessFacts {
  readonly provider: ProviderName;
  readonly id: string;
  readonly ownerId: string;
  readonly customerId: string;
  readonly plan: string;
  readonly productId: string | null;
  readonly priceId: string | null;
  /** From when its billing periods are counted. */
  readonly billingAnchor: Date | null;
  readonly pausedAt: Date | null;
  readonly resumesAt: Date | null;
  readonly seats: number;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly interval: BillingInterval | null;
  /** What the provider keeps until its time. */
  readonly pendingChange: PendingChange | null;
  readonly fetchedAt: Date;
}

/** How the plan was found; `kept`: it was not, the last known one goes on; `held`: a change waits for the edge. */
export type PlanRule = DetectionRule | 'kept' | 'held';

/** What is written beside the fetched subscription itself. */
export interface Recognised {
  readonly ownerId: string;
  readonly plan: string;
  readonly rule: PlanRule;
  readonly status: SubscriptionStatus;
  readonly pastDueSince: Date | null;
  readonly billingAnchor: Date | null;
  readonly fetchedAt: Date;
  readonly nextLookAt: Date | null;
}

/** The row as the database tells it. */
export interface KnownRow {
  readonly provider: ProviderName;
  readonly id: string;
  readonly owner_id: string;
  readonly customer_id: string;
  readonly plan: string;
  readonly product_id: string | null;
  readonly price_id: string | null;
  readonly status: SubscriptionStatus;
  readonly current_period_start: Date | null;
  readonly current_period_end: Date | null;
  readonly trial_end: Date | null;
  readonly cancel_at: Date | null;
  readonly canceled_at: Date | null;
  readonly ended_at: Date | null;
  readonly past_due_since: Date | null;
  readonly started_at: Date | null;
  readonly billing_anchor: Date | null;
  readonly seats: number;
  readonly amount: string | null;
  readonly currency: string | null;
  readonly interval: BillingInterval | null;
  readonly pauses_at: Date | null;
  readonly paused_at: Date | null;
  readonly resumes_at: Date | null;
  readonly pending_price_ref: string | null;
  readonly pending_seats: number | null;
  readonly pending_at: Date | null;
  readonly fetched_at: Date;
}

/** What is written of a fetched subscription, by column. */
export function columnsOf(fetched: ProviderSubscription, recognised: Recognised): Record<string, unknown> {
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
    billing_anchor: recognised.billingAnchor,
    seats: fetched.seats,
    amount: fetched.price?.amount.toString() ?? null,
    currency: fetched.price?.currency ?? null,
    interval: fetched.interval,
    modified_at: fetched.modifiedAt,
    fetched_at: recognised.fetchedAt,
    next_look_at: recognised.nextLookAt,
    raw_status: fetched.rawStatus,
    price_ref: fetched.priceRef,
    pauses_at: fetched.pausesAt,
    paused_at: fetched.pausedAt,
    resumes_at: fetched.resumesAt,
    pending_price_ref: fetched.pendingChange?.priceRef ?? null,
    pending_seats: fetched.pendingChange?.seats ?? null,
    pending_at: fetched.pendingChange?.appliesAt ?? null,
  };
}

/** A row in our words. */
export function knownOf(row: KnownRow): KnownSubscription {
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
    billingAnchor: row.billing_anchor,
    seats: row.seats,
    amount: row.amount === null ? null : BigInt(row.amount),
    currency: row.currency,
    interval: row.interval,
    productId: row.product_id,
    priceId: row.price_id,
    pausesAt: row.pauses_at,
    pausedAt: row.paused_at,
    resumesAt: row.resumes_at,
    pendingChange: pendingOf(row),
    fetchedAt: row.fetched_at,
  };
}

function pendingOf({
  pending_price_ref: priceRef,
  pending_seats: seats,
  pending_at: appliesAt,
}: KnownRow): PendingChange | null {
  return priceRef === null && seats === null ? null : { priceRef, seats, appliesAt };
}
