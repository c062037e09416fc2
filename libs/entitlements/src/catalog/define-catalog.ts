import type {
  ChargeOn,
  FeatureKind,
  OverLimitPolicy,
  Overage,
  QuotaWindow,
  Rate,
  SubjectKind,
  SubjectLists,
} from './catalog.js';

/** A limit: a whole number from 0, or -1 for unlimited; beyond 2^53 as decimal text, up to 2^63-1. */
export type LimitForm = number | string;

/** An allowance in the short form: `true` for a flag, or a limit. */
export type AllowanceForm = true | LimitForm | { readonly limit: LimitForm; readonly overage: Overage };

/** What is answered while the database gives no answer: nothing, or what was known at most so many seconds ago. */
export type FailPolicyForm = 'closed' | { readonly lastKnownSeconds: number };

/** A plan as written in a catalog file. */
export interface PlanForm {
  readonly name: string;
  readonly rank: number;
  readonly graceDays?: number;
  readonly perSeat?: boolean;
}

/** A feature as written in a catalog file: kind, switch, rollout, rates and every plan's allowance in one form. */
export interface FeatureForm<PlanKey extends string, Kind extends FeatureKind = FeatureKind> {
  readonly name: string;
  readonly kind: Kind;
  readonly enabled?: boolean;
  readonly countedBy?: 'owner' | 'organization';
  readonly window?: QuotaWindow;
  readonly rollout?: {
    readonly percent?: number;
    readonly percentByPlan?: Readonly<Partial<Record<PlanKey, number>>>;
    readonly subject?: SubjectKind;
    readonly include?: SubjectLists;
    readonly exclude?: SubjectLists;
  };
  readonly rates?: readonly Rate[];
  readonly overLimit?: OverLimitPolicy;
  /** Left out: flags are answered as known up to 300 seconds ago, everything else is denied. */
  readonly failPolicy?: FailPolicyForm;
  /** Quotas only. Left out: `success`. */
  readonly chargeOn?: ChargeOn;
  /** A plan that is not named does not include the feature. */
  readonly allowances: Readonly<Partial<Record<PlanKey, AllowanceForm>>>;
}

/** A whole catalog as written in a file. */
export interface CatalogForm<PlanKey extends string = string, FeatureKey extends string = string> {
  readonly defaultPlan: NoInfer<PlanKey>;
  readonly plans: Readonly<Record<PlanKey, PlanForm>>;
  readonly features: Readonly<Record<FeatureKey, FeatureForm<NoInfer<PlanKey>>>>;
}

/** The kind of each feature, by its key. */
type Kinds = Readonly<Record<string, FeatureKind>>;

/** A catalog that was declared in code: its keys, and which kind of feature each is, are known to the compiler. */
export interface DefinedCatalog<PlanKey extends string, KindOf extends Kinds> {
  readonly defaultPlan: NoInfer<PlanKey>;
  readonly plans: Readonly<Record<PlanKey, PlanForm>>;
  readonly features: { readonly [Key in keyof KindOf]: FeatureForm<NoInfer<PlanKey>, KindOf[Key]> };
}

/**
 * Declares a catalog in code; the keys stay typed.
 *
 * @example
 * const catalog = defineCatalog({
 *   defaultPlan: 'free',
 *   plans: { free: { name: 'Free', rank: 0 }, pro: { name: 'Pro', rank: 1, graceDays: 7 } },
 *   features: { export: { name: 'Export', kind: 'quota', window: 'day', allowances: { pro: 50 } } },
 * });
 */
export function defineCatalog<const PlanKey extends string, const KindOf extends Kinds>(
  form: DefinedCatalog<PlanKey, KindOf>,
): DefinedCatalog<PlanKey, KindOf> {
  return form;
}
