/**
 * The staff API as the dashboard sees it. Hand-written until a script generates it from the OpenAPI document.
 * Instants are ISO strings in UTC, amounts are integer minor units as strings, `null` means "there is none".
 */

/** Answer of a list that is paged by keyset: no totals, a cursor that opens the next page. */
export interface Page<Row> {
  data: Row[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** A signed-in member of staff, with what they may do. */
export interface StaffMember {
  id: string;
  email: string;
  name: string;
  role: string;
  permissions: string[];
}

/** Body of every 4xx and 5xx. `retryAfter` (seconds) comes with `too_many_attempts`. */
export interface ApiError {
  error: string;
  message?: string;
  retryAfter?: number;
}

/** A sellable plan; a higher rank includes more. */
export interface Plan {
  key: string;
  name: string;
  rank: number;
}

/** Where the plan in force comes from. */
export type PlanSource = 'subscription' | 'lifetime' | 'staff' | 'trial' | 'default';

/** Status of a subscription, in both providers' words. */
export type SubscriptionStatus =
  | 'active'
  | 'trialing'
  | 'past_due'
  | 'unpaid'
  | 'incomplete'
  | 'incomplete_expired'
  | 'paused'
  | 'canceled';

/** Why a decision says no. */
export type DenialReason =
  | 'unauthenticated'
  | 'owner_unresolved'
  | 'feature_unknown'
  | 'feature_disabled'
  | 'plan_required'
  | 'subscription_lapsed'
  | 'not_rolled_out'
  | 'rate_limited'
  | 'quota_exceeded'
  | 'capacity_reached'
  | 'over_limit'
  | 'ceiling_exceeded'
  | 'seat_limit'
  | 'unavailable';

/** Why a plan that was held is no longer in force. */
export type LapsedWord = 'payment_past_due' | 'canceled' | 'trial_ended' | 'paused' | 'expired';

/** One row of the tenants list: a billing owner (`id`) and the plan in force now. */
export interface TenantRow {
  id: string;
  userId: string;
  name: string | null;
  email: string | null;
  plan: string;
  planName: string;
  status: SubscriptionStatus;
  provider: string | null;
  source: PlanSource;
  cancelAt: string | null;
  currentPeriodEnd: string | null;
  organizationCount: number;
  createdAt: string;
}

/** Our one current subscription row of an owner. */
export interface Subscription {
  plan: string;
  status: SubscriptionStatus;
  provider: string | null;
  providerCustomerId: string | null;
  providerSubscriptionId: string | null;
  currentPeriodStart: string | null;
  currentPeriodEnd: string | null;
  cancelAt: string | null;
  trialEnd: string | null;
  pastDueSince: string | null;
  graceUntil: string | null;
  seats: number | null;
  amount: string | null;
  currency: string | null;
  interval: string | null;
  pendingChange: PendingChange | null;
  pause: Pause | null;
}

/** A change of plan, interval or seats that waits for `effectiveAt`; null for what stays, and for a time nobody tells. */
export interface PendingChange {
  plan: string | null;
  interval: string | null;
  seats: number | null;
  effectiveAt: string | null;
}

/** A pause, begun or to begin: `endsAt` is null when only somebody ends it. */
export interface Pause {
  beginsAt: string | null;
  endsAt: string | null;
}

/** An owner holds a plan over `[from, to)`; `lapsed` says why it ended, once it has. */
export interface Assignment {
  id: string;
  plan: string;
  planName: string;
  from: string;
  to: string | null;
  source: PlanSource;
  lapsed: LapsedWord | null;
}

/** What a tenant may do with one feature now. `limit` "-1" is unlimited; flags have null; `lapsed` comes with its reason. */
export interface Entitlement {
  feature: string;
  kind: 'flag' | 'quota' | 'capacity' | 'ceiling';
  allowed: boolean;
  reason: DenialReason | null;
  lapsed: LapsedWord | null;
  limit: string | null;
  used: string | null;
  plan: string | null;
  source: PlanSource | 'override' | null;
}

/** An organization this tenant belongs to or pays for. */
export interface Organization {
  id: string;
  name: string;
  role: string;
  memberCount: number;
}

/** One row of the audit trail; `before` and `after` are small JSON values without personal data. */
export interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  action: string;
  reason: string | null;
  before: unknown;
  after: unknown;
}

/** Everything the tenant page shows. */
export interface Tenant extends TenantRow {
  subscription: Subscription | null;
  assignments: Assignment[];
  entitlements: Entitlement[];
  organizations: Organization[];
  audit: AuditEntry[];
}

/** A wish to give a tenant a plan by staff's hand; `until` null means without an end. */
export interface GivePlanRequest {
  plan: string;
  reason: string;
  until: string | null;
}
