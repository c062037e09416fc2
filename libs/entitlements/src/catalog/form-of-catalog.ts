import { toWire } from '@tollgate/usage';
import {
  type Allowance,
  type Catalog,
  type Feature,
  LONGEST_LAST_KNOWN_SECONDS,
  type Plan,
  type SubjectLists,
} from './catalog.js';
import type { AllowanceForm, CatalogForm, FailPolicyForm, FeatureForm, PlanForm } from './define-catalog.js';

/**
 * The short form of a catalog: what equals its default is left out. Reading it gives the same catalog again.
 * Plans stand in the order of their rank, features in the order of the catalog.
 */
export function formOfCatalog({ defaultPlan, plans, features }: Catalog): CatalogForm {
  const byRank = [...plans.values()].toSorted((one, other) => one.rank - other.rank);
  return {
    defaultPlan,
    plans: Object.fromEntries(byRank.map((plan) => [plan.key, formOfPlan(plan)])),
    features: Object.fromEntries(
      [...features.values()].map((feature) => [feature.key, formOfFeature(feature, byRank)]),
    ),
  };
}

/** The short form of a plan. */
export function formOfPlan({ name, rank, graceDays, perSeat }: Plan): PlanForm {
  return { name, rank, ...(graceDays > 0 && { graceDays }), ...(perSeat && { perSeat }) };
}

/** The short form of a feature, with its allowances in the order of these plans. */
export function formOfFeature(feature: Feature, plans: readonly Plan[]): FeatureForm<string> {
  const { name, kind, enabled, countedBy, window, rollout, rates, overLimit, chargeOn } = feature;
  const failPolicy = formOfFailPolicy(feature);
  return {
    name,
    kind,
    ...(!enabled && { enabled }),
    ...(countedBy !== 'owner' && { countedBy }),
    ...(window && { window }),
    ...(chargeOn !== 'success' && { chargeOn }),
    ...(rollout && { rollout: formOfRollout(rollout) }),
    ...(rates.length > 0 && { rates }),
    ...(overLimit !== 'block_new' && { overLimit }),
    ...(failPolicy && { failPolicy }),
    allowances: Object.fromEntries(
      plans.flatMap(({ key }) => {
        const allowance = feature.allowances.get(key);
        return allowance ? [[key, formOfAllowance(allowance)]] : [];
      }),
    ),
  };
}

/** `true` for a flag, a number for a limit (text beyond 2^53), with its overage where there is one. */
export function formOfAllowance({ limit, overage }: Allowance): AllowanceForm {
  if (limit === null) return true;
  return overage === 'deny' ? toWire(limit) : { limit: toWire(limit), overage };
}

function formOfRollout(
  rollout: NonNullable<Feature['rollout']>,
): NonNullable<FeatureForm<string>['rollout']> {
  const { percent, percentByPlan, subject, include, exclude } = rollout;
  return {
    percent,
    ...(subject !== 'owner' && { subject }),
    ...(Object.keys(percentByPlan).length > 0 && { percentByPlan }),
    ...filled('include', include),
    ...filled('exclude', exclude),
  };
}

/** The lists with anyone in them, in a fixed order; nothing when all are empty. */
function filled(name: 'include' | 'exclude', lists: SubjectLists): { [Name in typeof name]?: SubjectLists } {
  const named = (['owners', 'organizations', 'users'] as const).flatMap((kind) => {
    const ids = lists[kind] ?? [];
    return ids.length > 0 ? [[kind, ids] as const] : [];
  });
  return named.length > 0 ? { [name]: Object.fromEntries(named) } : {};
}

/** Null when it is the default of the kind. */
function formOfFailPolicy({ kind, failPolicy }: Feature): FailPolicyForm | null {
  if (failPolicy.kind === 'closed') return kind === 'flag' ? 'closed' : null;
  if (kind === 'flag' && failPolicy.seconds === LONGEST_LAST_KNOWN_SECONDS) return null;
  return { lastKnownSeconds: failPolicy.seconds };
}
