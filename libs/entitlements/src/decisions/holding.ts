import type { AssignmentSource, LapsedWord } from '../assignments/assignment.js';
import type { PlanInForce } from '../assignments/plan-in-force.js';
import type { Catalog } from '../catalog/catalog.js';
import type { Verdict } from './verdict.js';

/**
 * What an owner holds, in keys only, so that it means the same under another catalog. Owners who hold the same share
 * one object, and with it the verdicts that a catalog gives for it.
 */
export class Holding {
  /** The verdicts by the catalog that was asked last; for `CompiledCatalog` alone. */
  verdicts: readonly Verdict[] = [];
  verdictsOf: object | null = null;

  constructor(
    /** Key of the plan that is held; null for the default plan. */
    readonly plan: string | null,
    readonly source: AssignmentSource | 'default',
    readonly inGrace: boolean,
    readonly lapsedPlan: string | null,
    readonly lapsedWord: LapsedWord | null,
    /** The catalog version that the assignment is pinned to; null for whichever is current. */
    readonly granting: Catalog | null,
  ) {}

  /** The same in the plans of a catalog. */
  inForce(catalog: Catalog): PlanInForce {
    const { source, inGrace, lapsedPlan, lapsedWord } = this;
    const lapsed = lapsedPlan === null ? undefined : catalog.plans.get(lapsedPlan);
    return {
      plan: catalog.plans.get(this.plan ?? catalog.defaultPlan) ?? null,
      source,
      inGrace,
      lapsed: lapsed && lapsedWord !== null ? { plan: lapsed, word: lapsedWord } : null,
      catalogVersion: this.granting?.version ?? null,
      held: null,
    };
  }
}

/** The holdings there are: a few for each plan, however many owners. */
export class Holdings {
  private readonly known = new Map<string, Holding>();

  /** The one object for what is in force. */
  of({ held, source, inGrace, lapsed }: PlanInForce, granting: Catalog | null): Holding {
    const plan = held?.plan ?? null;
    const key = JSON.stringify([plan, source, inGrace, lapsed?.plan.key, lapsed?.word, granting?.version]);
    const known = this.known.get(key);
    if (known) return known;
    const holding = new Holding(
      plan,
      source,
      inGrace,
      lapsed?.plan.key ?? null,
      lapsed?.word ?? null,
      granting,
    );
    this.known.set(key, holding);
    return holding;
  }
}
