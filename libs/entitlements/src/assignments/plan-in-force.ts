import type { Catalog, Plan } from '../catalog/catalog.js';
import type { Assignment, AssignmentSource, LapsedWord } from './assignment.js';

/** The plan that counts at an instant, and the plan that would have counted had it not lapsed. */
export interface PlanInForce {
  readonly plan: Plan | null;
  readonly source: AssignmentSource | 'default';
  readonly inGrace: boolean;
  readonly lapsed: { readonly plan: Plan; readonly word: LapsedWord } | null;
  /** The catalog version that says what the plan includes; null for the current one. */
  readonly catalogVersion: number | null;
  /** The assignment that counts; null on the default plan. */
  readonly held: Assignment | null;
}

/**
 * Among the assignments that hold at `at` the one of the highest rank counts; if none holds, the default plan.
 * Of those that have ended with a word, the latest end is remembered as lapsed; an end after which the same source held
 * a plan again is made good, and is not.
 */
export function planInForce(catalog: Catalog, assignments: readonly Assignment[], at: Date): PlanInForce {
  let held: Assignment | null = null;
  let ended: Assignment | null = null;
  for (const assignment of assignments) {
    if (assignment.from > at) continue;
    if (assignment.to === null || at < assignment.to) {
      if (held === null || rankOf(catalog, assignment) > rankOf(catalog, held)) held = assignment;
    } else if (
      assignment.lapsed !== null &&
      (ended === null || assignment.to > (ended.to ?? assignment.to)) &&
      !isMadeGood(assignment, assignments, at)
    ) {
      ended = assignment;
    }
  }
  return {
    plan: catalog.plans.get(held?.plan ?? catalog.defaultPlan) ?? null,
    source: held?.source ?? 'default',
    inGrace: held?.graceSince != null && held.graceSince <= at,
    lapsed: lapsedOf(catalog, ended),
    catalogVersion: held?.catalogVersion ?? null,
    held,
  };
}

function isMadeGood({ source, to }: Assignment, assignments: readonly Assignment[], at: Date): boolean {
  return assignments.some(
    (later) => later.source === source && to !== null && later.from >= to && later.from <= at,
  );
}

/** A plan that the catalog no longer knows ranks below all others: it grants nothing. */
function rankOf(catalog: Catalog, assignment: Assignment): number {
  return catalog.plans.get(assignment.plan)?.rank ?? Number.NEGATIVE_INFINITY;
}

function lapsedOf(catalog: Catalog, ended: Assignment | null): PlanInForce['lapsed'] {
  const plan = ended && catalog.plans.get(ended.plan);
  return plan && ended.lapsed ? { plan, word: ended.lapsed } : null;
}
