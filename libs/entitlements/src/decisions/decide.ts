import type { Principal } from '@tollgate/kernel';
import { toWire, UNLIMITED } from '@tollgate/usage';
import type { Assignment } from '../assignments/assignment.js';
import { planInForce, type PlanInForce } from '../assignments/plan-in-force.js';
import type { Allowance, Catalog, Feature, Plan } from '../catalog/catalog.js';
import { isRolledOut } from '../rollout/is-rolled-out.js';
import type { Decision, Denied, DenialReason } from './decision.js';
import { denialMessage } from './denial-message.js';

/** Who pays, with what they hold. */
export interface OwnerFacts {
  readonly ownerId: string;
  readonly assignments: readonly Assignment[];
}

/** How many of a capacity exist already. */
export interface Standing {
  readonly used: bigint;
}

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
  /** Given when the limit layer of a capacity is to be asked as well. */
  readonly standing?: Standing;
}

/**
 * The layers in their order: principal, owner, feature, plan, rollout, limit (rates come between the last two).
 * The first that refuses names the reason; nothing that is absent ever allows.
 */
export function decide(input: DecisionInput): Decision {
  const { catalog, principal, owner, at } = input;
  if (!principal) return deny(input, 'unauthenticated');
  if (!owner) return deny(input, 'owner_unresolved');
  const feature = catalog.features.get(input.feature);
  if (!feature) return deny(input, 'feature_unknown');
  if (!feature.enabled) return deny(input, 'feature_disabled');
  const held = planInForce(catalog, owner.assignments, at);
  const allowance = held.plan && feature.allowances.get(held.plan.key);
  if (!held.plan || !allowance) return denyByPlan(input, feature, held);
  const subjects = { ownerId: owner.ownerId, organizationId: input.organizationId, userId: input.userId };
  if (!isRolledOut(feature.key, feature.rollout, subjects)) return deny(input, 'not_rolled_out', held.plan);
  return withinLimit(input, owner.ownerId, { ...held, plan: held.plan }, allowance);
}

function withinLimit(
  input: DecisionInput,
  ownerId: string,
  held: PlanInForce & { readonly plan: Plan },
  { limit }: Allowance,
): Decision {
  const { standing } = input;
  const unlimited = limit === null || limit === UNLIMITED;
  if (standing && !unlimited && standing.used >= limit) {
    const reason = standing.used > limit ? 'over_limit' : 'capacity_reached';
    return { ...deny(input, reason, held.plan), limit: toWire(limit), used: toWire(standing.used) };
  }
  return {
    allowed: true,
    feature: input.feature,
    ownerId,
    plan: held.plan.key,
    source: held.source,
    limit: limit === null ? null : toWire(limit),
    ...(standing && { used: toWire(standing.used) }),
    ...(standing && !unlimited && { remaining: toWire(limit - standing.used) }),
    ...(held.inGrace && { inGrace: true }),
  };
}

/** A plan that has lapsed and would have allowed it is named as such; otherwise the plans that would allow it are. */
function denyByPlan(input: DecisionInput, feature: Feature, { plan, lapsed }: PlanInForce): Denied {
  if (lapsed && feature.allowances.has(lapsed.plan.key)) {
    return { ...deny(input, 'subscription_lapsed', plan), lapsed: lapsed.word };
  }
  return { ...deny(input, 'plan_required', plan), requiredPlans: plansAllowing(input.catalog, feature) };
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
