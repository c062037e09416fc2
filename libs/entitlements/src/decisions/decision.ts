import type { AssignmentSource, LapsedWord } from '../assignments/assignment.js';
import type { LayerOutcome } from './layer.js';

/** Why something is denied: closed, so that a `switch` without default compiles. */
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

/** A count or limit: a number, or a decimal string beyond 2^53. -1 is unlimited. */
export type WireCount = number | string;

/** The answer yes. */
export interface Allowed {
  readonly allowed: true;
  readonly feature: string;
  readonly ownerId: string;
  readonly plan: string;
  readonly source: AssignmentSource | 'default' | 'override';
  /** Null for flags only. */
  readonly limit: WireCount | null;
  readonly used?: WireCount;
  readonly remaining?: WireCount;
  /** Access is kept only until the end of the grace period. */
  readonly inGrace?: boolean;
  /** ISO instant at which the window of a quota ends. */
  readonly resetsAt?: string;
  /** The units lie beyond the limit and are paid apart. */
  readonly overage?: boolean;
  /** The units were counted by an earlier call with the same key. */
  readonly replayed?: boolean;
  /** The database could not be asked: true as of `asOf`, an ISO instant. */
  readonly stale?: boolean;
  readonly asOf?: string;
  readonly trace?: readonly LayerOutcome[];
}

/** The answer no, and why. */
export interface Denied {
  readonly allowed: false;
  readonly feature: string;
  readonly ownerId?: string;
  readonly plan?: string;
  readonly reason: DenialReason;
  readonly message: string;
  /** Keys of the plans that would allow it, lowest rank first. */
  readonly requiredPlans?: readonly string[];
  readonly lapsed?: LapsedWord;
  readonly limit?: WireCount;
  readonly used?: WireCount;
  readonly requested?: WireCount;
  /** ISO instant at which the window of a quota ends. */
  readonly resetsAt?: string;
  /** The database could not be asked: true as of `asOf`, an ISO instant. */
  readonly stale?: boolean;
  readonly asOf?: string;
  readonly trace?: readonly LayerOutcome[];
  /** Whole seconds. */
  readonly retryAfter?: number;
  readonly upgradeUrl?: string;
}

/** The answer to: may this caller do this thing, now, and who pays? Computed, never stored as truth. */
export type Decision = Allowed | Denied;
