import type {
  FeatureKind,
  OverLimitPolicy,
  Overage,
  QuotaWindow,
  Rate,
  SubjectKind,
  SubjectLists,
} from './catalog.js';

/** An allowance in the short form: `true` for a flag, a number for a limit (-1: unlimited). */
export type AllowanceForm = true | number | { readonly limit: number; readonly overage: Overage };

/** A plan as written in a catalog file. */
export interface PlanForm {
  readonly name: string;
  readonly rank: number;
  readonly graceDays?: number;
  readonly perSeat?: boolean;
}

/** A feature as written in a catalog file: kind, switch, rollout, rates and every plan's allowance in one form. */
export interface FeatureForm<PlanKey extends string> {
  readonly name: string;
  readonly kind: FeatureKind;
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
  /** A plan that is not named does not include the feature. */
  readonly allowances: Readonly<Partial<Record<PlanKey, AllowanceForm>>>;
}

/** A whole catalog as written in a file. */
export interface CatalogForm<PlanKey extends string = string, FeatureKey extends string = string> {
  readonly defaultPlan: NoInfer<PlanKey>;
  readonly plans: Readonly<Record<PlanKey, PlanForm>>;
  readonly features: Readonly<Record<FeatureKey, FeatureForm<NoInfer<PlanKey>>>>;
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
export function defineCatalog<const PlanKey extends string, const FeatureKey extends string>(
  form: CatalogForm<PlanKey, FeatureKey>,
): CatalogForm<PlanKey, FeatureKey> {
  return form;
}
