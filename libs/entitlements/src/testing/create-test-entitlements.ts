import { AccessDeniedException } from '../access/access-denied.exception.js';
import type { Decision } from '../decisions/decision.js';
import type { Caller, EntitlementsService } from '../entitlements.service.js';
import type { PublicOf, TestCall, TestControls, TestEntitlements } from './test-entitlements.js';
import { TestFeatures } from './test-features.js';
import type { TestOverrides } from './test-override.js';

/** What a fake hides from the test that holds it, and shares with the guards. */
export interface Innards {
  readonly features: TestFeatures;
  readonly note: (call: TestCall) => void;
}

const innards = new WeakMap<object, Innards>();

/** What is behind a fake; undefined for everything else. */
export const innardsOf = (fake: object): Innards | undefined => innards.get(fake);

/** How the fake words its exceptions. */
export const TEST_DENIALS = { upgradeUrl: '/pricing', compatDenialBody: false };

/**
 * A fake of `EntitlementsService`: everybody holds the plan `pro` and everything is allowed with limit 100, used 50,
 * remaining 50, unless an override of the feature says otherwise. It needs no test runner and no database; it
 * records what it was asked in `calls`.
 *
 * @throws RangeError an override's limit or count is not a whole number
 * @example
 * const entitlements = createTestEntitlements({ export: false, executions: { limit: 10, used: 10 } });
 * await expect(new ExportsService(entitlements).start(caller)).rejects.toThrow('export: plan_required');
 */
export function createTestEntitlements(overrides: TestOverrides = {}): TestEntitlements {
  const features = new TestFeatures(overrides);
  const calls: TestCall[] = [];
  const note = (call: TestCall): void => void calls.push(call);
  const controls: TestControls = {
    calls,
    set: (feature, override) => features.set(feature, override),
    clearCalls: () => void calls.splice(0),
  };
  const answers: PublicOf<EntitlementsService> = {
    ...decisionAnswers(features, note),
    ...limitAnswers(features, note),
  };
  // The real class has private fields, which no object but its own can have by type.
  const fake = { ...answers, ...controls } as unknown as TestEntitlements;
  innards.set(fake, { features, note });
  return fake;
}

function answerOf(features: TestFeatures, ownerId: string, key: string): Decision {
  return features.decide(features.feature(key), ownerId, { used: features.used(key) });
}

type Limits = Pick<PublicOf<EntitlementsService>, 'getLimit' | 'checkUsage'>;
type Answers = Omit<PublicOf<EntitlementsService>, keyof Limits>;

function decisionAnswers(features: TestFeatures, note: Innards['note']): Answers {
  return {
    check: async ({ ownerId }, feature) => {
      note({ method: 'check', feature, ownerId });
      return answerOf(features, ownerId, feature);
    },
    require: async ({ ownerId }, feature) => {
      note({ method: 'require', feature, ownerId });
      const decision = answerOf(features, ownerId, feature);
      if (!decision.allowed) throw new AccessDeniedException(decision, TEST_DENIALS);
      return decision;
    },
    canAccess: async ({ ownerId }, feature) => {
      note({ method: 'canAccess', feature, ownerId });
      return !features.isDenied(feature);
    },
    snapshot: async ({ ownerId }) => {
      note({ method: 'snapshot', feature: null, ownerId });
      return new Map(features.keys.map((key) => [key, answerOf(features, ownerId, key)]));
    },
  };
}

function limitAnswers(features: TestFeatures, note: Innards['note']): Limits {
  const limitOf = (feature: string): number => {
    if (features.isDenied(feature)) return 0;
    const { limit } = features.limit(feature);
    return limit === -1 ? Infinity : limit;
  };
  return {
    getLimit: async ({ ownerId }: Caller, feature) => {
      note({ method: 'getLimit', feature, ownerId });
      return limitOf(feature);
    },
    checkUsage: async ({ ownerId }: Caller, feature) => {
      note({ method: 'checkUsage', feature, ownerId });
      const limit = limitOf(feature);
      const current = features.isDenied(feature) ? 0 : Number(features.used(feature));
      const remaining = Math.max(0, limit - current);
      return { limit, current, remaining, canUse: remaining > 0 };
    },
  };
}
