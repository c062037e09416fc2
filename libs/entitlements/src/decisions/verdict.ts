import { toWire } from '@tollgate/usage';
import type { AssignmentSource, LapsedWord } from '../assignments/assignment.js';
import type { PlanInForce } from '../assignments/plan-in-force.js';
import type { Allowance, Catalog, Feature } from '../catalog/catalog.js';
import { pinnedFeature } from '../catalog/pinned-feature.js';
import type { Override } from '../overrides/override.js';
import { type RolloutLook, rolloutLook } from '../rollout/rollout-look.js';
import type { DenialReason, WireCount } from './decision.js';
import { denialMessage } from './denial-message.js';

/** Layers three and four say yes: what the owner has of the feature, and from where. */
export interface Granting {
  readonly granted: true;
  readonly feature: Feature;
  readonly allowance: Allowance;
  readonly plan: string;
  readonly source: AssignmentSource | 'default' | 'override';
  /** The limit as it travels; null for flags only. */
  readonly limit: WireCount | null;
  /** Access is kept only until the end of the grace period. */
  readonly inGrace: boolean;
  readonly rolloutLook: RolloutLook;
}

/** Layers three or four say no, whoever asks. */
export interface Refusing {
  readonly granted: false;
  readonly feature: string;
  readonly plan: string | null;
  readonly reason: DenialReason;
  readonly message: string;
  readonly requiredPlans: readonly string[] | null;
  readonly lapsed: LapsedWord | null;
}

/**
 * What layers three and four (feature, plan) say to an owner who holds this: the same for everybody who holds the
 * same, so it is worked out once and remembered (`compiled-catalog.ts`).
 */
export type Verdict = Granting | Refusing;

/** The catalogs that a verdict looks at. */
export interface VerdictCatalogs {
  /** The one in force: it says which features and plans there are, and what is switched off. */
  readonly current: Catalog;
  /** The one that says what plans include: the current one, or the version that the assignment is pinned to. */
  readonly granting: Catalog;
}

/** Feature before plan; override before plan. Nothing that is absent ever grants. */
export function verdictOf(
  { current, granting }: VerdictCatalogs,
  held: PlanInForce,
  key: string,
  override: Override | null,
): Verdict {
  const known = current.features.get(key);
  if (!known) return refusing(key, held, 'feature_unknown');
  if (!known.enabled) return refusing(key, held, 'feature_disabled');
  const feature = granting === current ? known : pinnedFeature(known, granting);
  const ofPlan = held.plan ? (feature.allowances.get(held.plan.key) ?? null) : null;
  if (override !== null) return byOverride(feature, held, override, ofPlan);
  if (held.plan && ofPlan) return granted(feature, held, ofPlan, held.source);
  // A plan that has lapsed and would have allowed it is named as such; otherwise the plans that would allow it are.
  if (held.lapsed && feature.allowances.has(held.lapsed.plan.key)) {
    return { ...refusing(key, held, 'subscription_lapsed'), lapsed: held.lapsed.word };
  }
  return { ...refusing(key, held, 'plan_required'), requiredPlans: plansAllowing(current, known) };
}

/** What staff took away by an override no plan brings back, so none is named. */
function byOverride(
  feature: Feature,
  held: PlanInForce,
  { value }: Override,
  ofPlan: Allowance | null,
): Verdict {
  if (!held.plan || !value.enabled) {
    return { ...refusing(feature.key, held, 'plan_required'), requiredPlans: [] };
  }
  const overage = ofPlan?.overage ?? 'deny';
  return granted(feature, held, { limit: value.limit, overage }, 'override');
}

function granted(
  feature: Feature,
  held: PlanInForce,
  allowance: Allowance,
  source: Granting['source'],
): Granting {
  return {
    granted: true,
    feature,
    allowance,
    plan: held.plan?.key ?? '',
    source,
    limit: allowance.limit === null ? null : toWire(allowance.limit),
    inGrace: held.inGrace && source !== 'override',
    rolloutLook: rolloutLook(feature.rollout),
  };
}

function refusing(feature: string, held: PlanInForce, reason: DenialReason): Refusing {
  const namesPlan = reason === 'plan_required' || reason === 'subscription_lapsed';
  return {
    granted: false,
    feature,
    plan: namesPlan ? (held.plan?.key ?? null) : null,
    reason,
    message: denialMessage(reason),
    requiredPlans: null,
    lapsed: null,
  };
}

/** Keys of the plans that include the feature, lowest rank first. */
function plansAllowing(catalog: Catalog, feature: Feature): string[] {
  return [...catalog.plans.values()]
    .filter((plan) => feature.allowances.has(plan.key))
    .toSorted((one, other) => one.rank - other.rank)
    .map((plan) => plan.key);
}
