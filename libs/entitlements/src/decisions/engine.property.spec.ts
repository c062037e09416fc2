import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Freshness, ManualClock } from '@tollgate/kernel';
import type { Assignment } from '../assignments/assignment.js';
import type { Catalog, Feature, Rollout } from '../catalog/catalog.js';
import { composeEngine } from '../memory/compose-engine.js';
import { WarmOwner } from '../memory/warm-owner.js';
import type { Override } from '../overrides/override.js';
import { AT, at, assignment, CATALOG, override, USER } from '../testing/decision-builders.js';
import { decide } from './decide.js';
import type { Decision } from './decision.js';

const OWNERS = ['owner-1', 'owner-2', 'owner-3'];
const ORGANIZATIONS = ['org-1', 'org-2'];
const USERS = ['user-1', 'user-2'];
const FEATURES = [...CATALOG.features.keys(), 'unheard-of'];
const PLANS = ['free', 'pro', 'enterprise', 'long-gone'];
const DAY = 86_400_000;

const idsFrom = (ids: readonly string[]): fc.Arbitrary<string[]> => fc.subarray([...ids], { maxLength: 1 });
const lists = fc.record({
  owners: idsFrom(OWNERS),
  organizations: idsFrom(ORGANIZATIONS),
  users: idsFrom(USERS),
});
const rollout: fc.Arbitrary<Rollout | null> = fc.option(
  fc.record({
    percent: fc.constantFrom(0, 10, 50, 100),
    percentByPlan: fc.constantFrom<Rollout['percentByPlan']>({}, { pro: 30 }, { enterprise: 100, free: 0 }),
    subject: fc.constantFrom<Rollout['subject']>('owner', 'organization', 'user'),
    include: fc.oneof(fc.constant({}), lists),
    exclude: fc.oneof(fc.constant({}), lists),
  }),
);
const instant = fc.integer({ min: -3, max: 3 }).map((days) => at(days * DAY));
const end = fc.option(instant);

/** The same keys with other switches, rollouts and plans that include them. */
const catalog = (version: number): fc.Arbitrary<Catalog> =>
  fc
    .tuple(...[...CATALOG.features.values()].map((feature) => fc.tuple(fc.constant(feature), changed)))
    .map((features) => {
      const kept = features.flatMap(([feature, { isThere, enabled, plans, ...own }]) => {
        const allowances = new Map([...feature.allowances].filter(([plan]) => plans.includes(plan)));
        const made: Feature = { ...feature, enabled: enabled && feature.enabled, allowances, ...own };
        return isThere ? [[feature.key, made] as const] : [];
      });
      return { ...CATALOG, version, features: new Map(kept) };
    });
const changed = fc.record({
  isThere: fc.constantFrom(true, true, true, false),
  enabled: fc.constantFrom(true, true, false),
  plans: fc.subarray(['free', 'pro', 'enterprise']),
  rollout,
});

const held: fc.Arbitrary<Partial<Assignment>> = fc.record({
  plan: fc.constantFrom(...PLANS),
  source: fc.constantFrom('subscription', 'lifetime', 'staff', 'trial'),
  from: instant,
  to: end,
  graceSince: end,
  lapsed: fc.option(fc.constantFrom('canceled', 'trial_ended')),
  catalogVersion: fc.constantFrom(null, null, 2),
});
const exception: fc.Arbitrary<Partial<Override>> = fc.record({
  feature: fc.constantFrom(...FEATURES),
  value: fc.constantFrom<Override['value']>({ enabled: false }, { enabled: true, limit: null }),
  from: instant,
  to: end,
});
const owner = fc.record({
  assignments: fc.array(held, { maxLength: 3 }),
  overrides: fc.array(exception, { maxLength: 3 }),
});
const world = fc.record({
  current: catalog(3),
  pinned: catalog(2),
  owners: fc.tuple(owner, owner, owner),
  moment: fc.integer({ min: -2, max: 2 }).map((days) => at(days * DAY)),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

interface Question {
  readonly ownerIndex: number;
  readonly organizationId: string | null;
  readonly userId: string;
  readonly feature: string;
}

const questions: readonly Question[] = OWNERS.flatMap((_, ownerIndex) =>
  [null, ...ORGANIZATIONS].flatMap((organizationId) =>
    USERS.flatMap((userId) => FEATURES.map((feature) => ({ ownerIndex, organizationId, userId, feature }))),
  ),
);

const factsOf = ({ owners }: World, index: number) => {
  const ownerId = OWNERS[index] ?? '';
  const { assignments, overrides } = owners[index] ?? { assignments: [], overrides: [] };
  return {
    ownerId,
    assignments: assignments.map((wish) => assignment({ ...wish, ownerId })),
    overrides: overrides.map((wish) => override({ ...wish, ownerId })),
  };
};

function byDefinition(given: World, { ownerIndex, ...caller }: Question): Decision {
  return decide({
    ...caller,
    catalog: given.current,
    pinned: (version) => (version === 2 ? given.pinned : null),
    principal: USER,
    owner: factsOf(given, ownerIndex),
    at: given.moment,
    upgradeUrl: '/pricing',
  });
}

/** The engine with every owner of the world in its memory. */
function engineOf(given: World): (question: Question) => Decision {
  const freshness = new Freshness();
  const { engine, memory } = composeEngine(
    {
      clock: new ManualClock(given.moment),
      freshness,
      catalogs: { current: () => given.current },
      upgradeUrl: '/pricing',
    },
    { maxEntries: 100, ttlMs: 60_000, random: () => 0 },
  );
  const reading = memory.begin();
  const catalogs = { current: given.current, pinned: new Map([[2, given.pinned]]) };
  const owners = OWNERS.map((ownerId, index) => {
    const account = { ownerId, since: AT, organizationId: null, memberIds: [] };
    return memory.admit({ account, facts: factsOf(given, index) }, ownerId, reading, catalogs);
  });
  return ({ ownerIndex, organizationId, userId, feature }) => {
    const known = owners[ownerIndex];
    if (!(known instanceof WarmOwner)) throw new Error('not an owner');
    return engine.answer({ principal: USER, owner: known, organizationId, userId }, feature);
  };
}

describe('FX-06 the engine', () => {
  it('answers every question as the definition does, in whatever order they are asked', () => {
    fc.assert(
      fc.property(
        world,
        fc.shuffledSubarray([...questions], { minLength: 60, maxLength: 60 }),
        (given, asked) => {
          const ask = engineOf(given);
          for (const question of asked) expect(ask(question)).toEqual(byDefinition(given, question));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the same answers a thousand times, however the questions are shuffled', () => {
    const [given] = fc.sample(world, { numRuns: 1, seed: 7 });
    if (!given) throw new Error('no world');
    const ask = engineOf(given);
    const first = new Map(questions.map((question) => [question, JSON.stringify(ask(question))]));
    const orders = fc.sample(fc.shuffledSubarray([...questions], { minLength: 20, maxLength: 20 }), {
      numRuns: 1_000,
      seed: 7,
    });
    for (const order of orders)
      for (const question of order) expect(JSON.stringify(ask(question))).toBe(first.get(question));
  });

  it('denies what no catalog knows and what a plan that is gone would have given', () => {
    const [given] = fc.sample(world, { numRuns: 1, seed: 3 });
    if (!given) throw new Error('no world');
    const gone = { assignments: [{ plan: 'long-gone', to: null }], overrides: [] };
    const ask = engineOf({ ...given, current: CATALOG, owners: [gone, gone, gone], moment: AT });
    const about = (feature: string): Decision =>
      ask({ ownerIndex: 0, organizationId: null, userId: 'user-1', feature });
    expect(about('unheard-of')).toMatchObject({ allowed: false, reason: 'feature_unknown' });
    expect(about('paid').allowed).toBe(false);
  });
});
