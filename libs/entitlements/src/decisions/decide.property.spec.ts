import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Assignment } from '../assignments/assignment.js';
import type { Catalog, Feature } from '../catalog/catalog.js';
import { asking, assignment, at, CATALOG } from '../testing/decision-builders.js';
import { decide } from './decide.js';
import type { DenialReason } from './decision.js';

/** Which layers are in order, one by one. */
interface Layers {
  readonly principal: boolean;
  readonly owner: boolean;
  readonly known: boolean;
  readonly enabled: boolean;
  readonly plan: 'allows' | 'lacks' | 'lapsed';
  readonly rolledOut: boolean;
  readonly used: bigint | null;
}

const LIMIT = 25n;

const layers: fc.Arbitrary<Layers> = fc.record({
  principal: fc.boolean(),
  owner: fc.boolean(),
  known: fc.boolean(),
  enabled: fc.boolean(),
  plan: fc.constantFrom('allows', 'lacks', 'lapsed'),
  rolledOut: fc.boolean(),
  used: fc.option(fc.bigInt({ min: 0n, max: 50n })),
});

function catalogOf({ known, enabled, rolledOut }: Layers): Catalog {
  const rollout = {
    percent: rolledOut ? 100 : 0,
    subject: 'owner' as const,
    include: {},
    exclude: {},
    percentByPlan: {},
  };
  const things = { ...CATALOG.features.get('things')!, enabled, rollout };
  const allowances = new Map([...things.allowances].filter(([plan]) => plan !== 'free'));
  const features = new Map<string, Feature>(known ? [['things', { ...things, allowances }]] : []);
  return { ...CATALOG, features };
}

function assignmentsOf({ plan }: Layers): Assignment[] {
  if (plan === 'lacks') return [];
  return [plan === 'allows' ? assignment() : assignment({ to: at(-1), lapsed: 'expired' })];
}

/** The first layer that is not in order, in the words of the domain; null when all are. */
function firstRefusal({
  principal,
  owner,
  known,
  enabled,
  plan,
  rolledOut,
  used,
}: Layers): DenialReason | null {
  if (!principal) return 'unauthenticated';
  if (!owner) return 'owner_unresolved';
  if (!known) return 'feature_unknown';
  if (!enabled) return 'feature_disabled';
  if (plan !== 'allows') return plan === 'lapsed' ? 'subscription_lapsed' : 'plan_required';
  if (!rolledOut) return 'not_rolled_out';
  if (used === null || used < LIMIT) return null;
  return used === LIMIT ? 'capacity_reached' : 'over_limit';
}

describe('decide, over all combinations of layers', () => {
  it('never allows while one layer is missing, and names the first that is', () => {
    fc.assert(
      fc.property(layers, (given) => {
        const input = asking('things', assignmentsOf(given), {
          catalog: catalogOf(given),
          ...(!given.principal && { principal: null }),
          ...(!given.owner && { owner: null }),
          ...(given.used !== null && { standing: { used: given.used } }),
        });
        const decision = decide(input);
        expect(decision.allowed ? null : decision.reason).toBe(firstRefusal(given));
      }),
      { numRuns: 1_000 },
    );
  });

  it('allows no feature under any other key than its own', () => {
    fc.assert(
      fc.property(fc.string(), (key) => {
        const decision = decide(asking(key, [assignment({ plan: 'enterprise' })]));
        expect(decision.allowed).toBe(CATALOG.features.get(key)?.allowances.has('enterprise') ?? false);
      }),
    );
  });
});
