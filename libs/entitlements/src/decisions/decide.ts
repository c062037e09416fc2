import type { Principal } from '@tollgate/kernel';
import { toWire } from '@tollgate/usage';
import type { PlanInForce } from '../assignments/plan-in-force.js';
import type { Allowance, Catalog, Feature, Plan } from '../catalog/catalog.js';
import { isRolledOut } from '../rollout/is-rolled-out.js';
import { allowanceInForce, type AllowanceInForce } from './allowance-in-force.js';
import { traceOf } from './decision-trace.js';
import type { Decision, Denied, DenialReason } from './decision.js';
import { denialMessage } from './denial-message.js';
import { limitLayer, type Standing } from './limit-layer.js';
import type { OwnerFacts } from './owner-facts.js';

/** Everything a decision looks at, and nothing else: same inputs, same answer. */
export interface DecisionInput {
  readonly catalog: Catalog;
  readonly principal: Principal | null;
  /** Null when nobody could be found who pays. */
  readonly owner: OwnerFacts | null;
  readonly organizationId: string | null;
  readonly userId: string | null;
  readonly feature: string;
  readonly at: Date;
  /** Given when the limit layer is to be asked as well. */
  readonly standing?: Standing;
  /** Whether the answer is to list all seven layers; for staff and service keys only. */
  readonly trace?: boolean;
}

/**
 * The layers in their order: principal, owner, feature, plan, rollout, limit (rates come between the last two).
 * The first that refuses names the reason; nothing that is absent ever allows.
 */
export function decide(input: DecisionInput): Decision {
  const decision = evaluate(input);
  if (!input.trace) return decision;
  const trace = traceOf(decision, { rate: false, limit: input.standing !== undefined });
  return { ...decision, trace };
}

function evaluate(input: DecisionInput): Decision {
  const { catalog, principal, owner, at } = input;
  if (!principal) return deny(input, 'unauthenticated');
  if (!owner) return deny(input, 'owner_unresolved');
  const feature = catalog.features.get(input.feature);
  if (!feature) return deny(input, 'feature_unknown');
  if (!feature.enabled) return deny(input, 'feature_disabled');
  const inForce = allowanceInForce(catalog, feature, owner, at);
  const { allowance, held } = inForce;
  if (!held.plan || !allowance) return denyByPlan(input, feature, inForce);
  const subjects = { ownerId: owner.ownerId, organizationId: input.organizationId, userId: input.userId };
  if (!isRolledOut(feature.key, feature.rollout, subjects, held.plan.key)) {
    return deny(input, 'not_rolled_out', held.plan);
  }
  const { reason, facts } = limitLayer(feature, allowance, input.standing);
  if (reason !== null) return { ...deny(input, reason, held.plan), ...facts };
  return { ...allow(input, owner, held.plan, inForce, allowance), ...facts };
}

function allow(
  input: DecisionInput,
  owner: OwnerFacts,
  plan: Plan,
  { held, source }: AllowanceInForce,
  { limit }: Allowance,
): Decision {
  return {
    allowed: true,
    feature: input.feature,
    ownerId: owner.ownerId,
    plan: plan.key,
    source,
    limit: limit === null ? null : toWire(limit),
    ...(held.inGrace && source !== 'override' && { inGrace: true }),
  };
}

/**
 * A plan that has lapsed and would have allowed it is named as such; otherwise the plans that would allow it are.
 * What staff took away by an override no plan brings back, so none is named.
 */
function denyByPlan(input: DecisionInput, feature: Feature, { held, source }: AllowanceInForce): Denied {
  if (source === 'override') return { ...deny(input, 'plan_required', held.plan), requiredPlans: [] };
  if (hasLapsed(feature, held)) {
    return { ...deny(input, 'subscription_lapsed', held.plan), lapsed: held.lapsed.word };
  }
  return { ...deny(input, 'plan_required', held.plan), requiredPlans: plansAllowing(input.catalog, feature) };
}

function hasLapsed(
  feature: Feature,
  held: PlanInForce,
): held is PlanInForce & { lapsed: NonNullable<PlanInForce['lapsed']> } {
  return held.lapsed !== null && feature.allowances.has(held.lapsed.plan.key);
}

/** Keys of the plans that include the feature, lowest rank first. */
function plansAllowing(catalog: Catalog, feature: Feature): string[] {
  return [...catalog.plans.values()]
    .filter((plan) => feature.allowances.has(plan.key))
    .toSorted((one, other) => one.rank - other.rank)
    .map((plan) => plan.key);
}

function deny(input: DecisionInput, reason: DenialReason, plan: Plan | null = null): Denied {
  return {
    allowed: false,
    feature: input.feature,
    ...(input.owner && { ownerId: input.owner.ownerId }),
    ...(plan && { plan: plan.key }),
    reason,
    message: denialMessage(reason),
  };
}
