import type { Principal } from '@tollgate/kernel';
import { planInForce } from '../assignments/plan-in-force.js';
import type { Catalog } from '../catalog/catalog.js';
import { overrideInForce } from '../overrides/override.js';
import { isRolledOut } from '../rollout/is-rolled-out.js';
import { allowedBy, deniedToNobody, deniedWithin, refusedBy } from './answer.js';
import { traceOf } from './decision-trace.js';
import type { Decision } from './decision.js';
import { limitLayer, type Standing } from './limit-layer.js';
import type { OwnerFacts } from './owner-facts.js';
import { type Granting, verdictOf } from './verdict.js';

/** Everything a decision looks at, and nothing else: same inputs, same answer. */
export interface DecisionInput {
  readonly catalog: Catalog;
  /** The catalog of an assignment that is pinned to a version; left out, pins are not followed. */
  readonly pinned?: (version: number) => Catalog | null;
  readonly principal: Principal | null;
  /** Null when nobody could be found who pays. */
  readonly owner: OwnerFacts | null;
  readonly organizationId: string | null;
  readonly userId: string | null;
  readonly feature: string;
  readonly at: Date;
  /** Given when the limit layer is to be asked as well. */
  readonly standing?: Standing;
  /** Where a denied person can buy; told when a plan would cure the denial. */
  readonly upgradeUrl?: string;
  /** Whether the answer is to list all seven layers; for staff and service keys only. */
  readonly trace?: boolean;
}

/**
 * The layers in their order: principal, owner, feature, plan, rollout, limit (rates come between the last two).
 * The first that refuses names the reason; nothing that is absent ever allows. This is the definition; the engine
 * (`engine.ts`) gives the same answers from what it has compiled.
 */
export function decide(input: DecisionInput): Decision {
  const decision = evaluate(input);
  if (!input.trace) return decision;
  const trace = traceOf(decision, { rate: false, limit: input.standing !== undefined });
  return { ...decision, trace };
}

function evaluate(input: DecisionInput): Decision {
  const { catalog, principal, owner, feature, at } = input;
  if (!principal) return deniedToNobody(feature, 'unauthenticated');
  if (!owner) return deniedToNobody(feature, 'owner_unresolved');
  const held = planInForce(catalog, owner.assignments, at);
  const granting = (held.catalogVersion !== null && input.pinned?.(held.catalogVersion)) || catalog;
  const override = overrideInForce(owner.overrides, feature, at);
  const verdict = verdictOf({ current: catalog, granting }, held, feature, override);
  if (!verdict.granted) return refusedBy(verdict, owner.ownerId, input.upgradeUrl ?? null);
  const subjects = { ownerId: owner.ownerId, organizationId: input.organizationId, userId: input.userId };
  if (!isRolledOut(feature, verdict.feature.rollout, subjects, verdict.plan)) {
    return deniedWithin(verdict, owner.ownerId, 'not_rolled_out');
  }
  return withStanding(verdict, owner.ownerId, input.standing);
}

/** The seventh layer: what is wanted, held against the limit; not asked without a standing. */
export function withStanding(verdict: Granting, ownerId: string, standing: Standing | undefined): Decision {
  if (standing === undefined) return allowedBy(verdict, ownerId);
  const { reason, facts } = limitLayer(verdict.feature, verdict.allowance, standing);
  return reason === null
    ? { ...allowedBy(verdict, ownerId), ...facts }
    : { ...deniedWithin(verdict, ownerId, reason), ...facts };
}
