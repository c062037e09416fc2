/** What kind of limit a feature carries. */
export type FeatureKind = 'flag' | 'quota' | 'capacity' | 'ceiling';

/** The span over which a quota is counted. */
export type QuotaWindow = 'hour' | 'day' | 'month' | 'billing_period';

/** Who is rolled a feature out to, or counted by a rate. */
export type SubjectKind = 'owner' | 'organization' | 'user';

/** Ids of subjects, each kind by itself. */
export interface SubjectLists {
  readonly owners?: readonly string[];
  readonly organizations?: readonly string[];
  readonly users?: readonly string[];
}

/** Who among the eligible gets a feature. A section that names no percent starts at 0 %. */
export interface Rollout {
  /** Percent of eligible subjects, 0 to 100, to two decimals. */
  readonly percent: number;
  /** Percent of single plans, by plan key, where it differs. */
  readonly percentByPlan: Readonly<Record<string, number>>;
  readonly subject: SubjectKind;
  /** Always in, whatever their bucket; any match suffices. */
  readonly include: SubjectLists;
  /** Never in, whatever else says so. */
  readonly exclude: SubjectLists;
}

/** At most `limit` attempts in any sliding span of `perSeconds` seconds, for each `by`. */
export interface Rate {
  readonly limit: number;
  readonly perSeconds: number;
  readonly by: SubjectKind | 'api_key';
}

/** What happens beyond a limit. */
export type Overage = 'deny' | 'allow';

/**
 * What becomes of things over the limit after a downgrade. `freeze_newest` is stored and shown, and enforced by nobody
 * yet: until things can be run it means the same as `block_new`.
 */
export type OverLimitPolicy = 'block_new' | 'freeze_newest';

/** When units of a quota are kept: `success` gives them back for failures that we caused, `attempt` never does. */
export type ChargeOn = 'success' | 'attempt';

/**
 * What is answered while the database gives no answer: a denial, or what was last known, at most `seconds` old
 * (1 to {@link LONGEST_LAST_KNOWN_SECONDS}). Whatever has to be counted is denied either way.
 */
export type FailPolicy =
  | { readonly kind: 'closed' }
  | { readonly kind: 'last_known'; readonly seconds: number };

/** No answer outlives its database by more than five minutes. */
export const LONGEST_LAST_KNOWN_SECONDS = 300;

/** What one plan gives of one feature. A plan without an allowance does not include the feature. */
export interface Allowance {
  /** Null for flags only; -1n is unlimited. */
  readonly limit: bigint | null;
  readonly overage: Overage;
}

/** One definition: everything that the product decides about a feature. */
export interface Feature {
  readonly key: string;
  readonly name: string;
  readonly kind: FeatureKind;
  /** False is the kill switch: off for everybody, whatever they pay. */
  readonly enabled: boolean;
  /** Capacity only: whether the limit holds over all that an owner pays for, or in each organization. */
  readonly countedBy: 'owner' | 'organization';
  readonly window: QuotaWindow | null;
  readonly rollout: Rollout | null;
  readonly rates: readonly Rate[];
  readonly overLimit: OverLimitPolicy;
  readonly failPolicy: FailPolicy;
  /** Matters for quotas only; a route may say otherwise. */
  readonly chargeOn: ChargeOn;
  readonly allowances: ReadonlyMap<string, Allowance>;
}

/** What is sold. */
export interface Plan {
  readonly key: string;
  readonly name: string;
  /** Higher includes more; unique. */
  readonly rank: number;
  /** Days of access kept after a failed payment; 0 for none. */
  readonly graceDays: number;
  readonly perSeat: boolean;
}

/** An immutable, numbered state of all features, plans and allowances. */
export interface Catalog {
  readonly version: number;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly features: ReadonlyMap<string, Feature>;
  /** Key of the plan of an owner who holds none. */
  readonly defaultPlan: string;
}

/** A published version, without what stands in it. */
export interface CatalogVersion {
  readonly version: number;
  readonly publishedAt: Date;
  readonly author: string;
  readonly reason: string;
}
