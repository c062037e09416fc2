import type { AssignmentSource } from '../assignments/assignment.js';
import { planInForce, type PlanInForce } from '../assignments/plan-in-force.js';
import type { Allowance, Catalog, Feature } from '../catalog/catalog.js';
import { overrideInForce } from '../overrides/override.js';
import type { OwnerFacts } from './owner-facts.js';

/** What an owner has of a feature at an instant, and where that comes from; null allowance: nothing. */
export interface AllowanceInForce {
  readonly held: PlanInForce;
  readonly allowance: Allowance | null;
  readonly source: AssignmentSource | 'default' | 'override';
}

/** Override before assignment before default plan. An override that says off takes away what the plan includes. */
export function allowanceInForce(
  catalog: Catalog,
  feature: Feature,
  owner: OwnerFacts,
  at: Date,
): AllowanceInForce {
  const held = planInForce(catalog, owner.assignments, at);
  const ofPlan = held.plan ? (feature.allowances.get(held.plan.key) ?? null) : null;
  const override = overrideInForce(owner.overrides, feature.key, at);
  if (override === null) return { held, allowance: ofPlan, source: held.source };
  const { value } = override;
  const overage = ofPlan?.overage ?? 'deny';
  return { held, allowance: value.enabled ? { limit: value.limit, overage } : null, source: 'override' };
}
