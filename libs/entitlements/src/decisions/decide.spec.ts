import { describe, expect, it } from '@jest/globals';
import type { Assignment } from '../assignments/assignment.js';
import { asking, assignment, AT, at, CATALOG } from '../testing/decision-builders.js';
import { decide, type DecisionInput } from './decide.js';
import type { Allowed, Denied } from './decision.js';

const pro = [assignment()];
const enterprise = [assignment({ plan: 'enterprise' })];
const lapsedPro = [assignment({ to: at(-1), lapsed: 'canceled' })];
const standing = (used: bigint): Partial<DecisionInput> => ({ standing: { used } });

describe('decide denies', () => {
  it.each<[string, string, Assignment[], Partial<DecisionInput>, Partial<Denied>]>([
    ['EE-02 nobody', 'open', pro, { principal: null }, { reason: 'unauthenticated' }],
    [
      'EE-02 nobody, whatever the other layers would say',
      'no-such-feature',
      [],
      { principal: null, owner: null },
      { reason: 'unauthenticated' },
    ],
    ['a caller for whom nobody pays', 'open', [], { owner: null }, { reason: 'owner_unresolved' }],
    ['a feature that the catalog lacks', 'no-such-feature', enterprise, {}, { reason: 'feature_unknown' }],
    ['a feature named like a property of objects', 'constructor', pro, {}, { reason: 'feature_unknown' }],
    ['a feature that is switched off', 'off', pro, {}, { reason: 'feature_disabled' }],
    [
      'EE-03 a plan without the feature, naming those with it, lowest rank first',
      'paid',
      [],
      {},
      { reason: 'plan_required', plan: 'free', requiredPlans: ['pro', 'enterprise'] },
    ],
    [
      'EE-03 a paid plan that is still too low',
      'top',
      pro,
      {},
      { reason: 'plan_required', plan: 'pro', requiredPlans: ['enterprise'] },
    ],
    ['what no plan includes', 'nobody', pro, {}, { reason: 'plan_required', requiredPlans: [] }],
    [
      'a plan that lapsed and would have allowed it',
      'paid',
      lapsedPro,
      {},
      { reason: 'subscription_lapsed', plan: 'free', lapsed: 'canceled' },
    ],
    [
      'a plan that lapsed and would not have allowed it either',
      'top',
      lapsedPro,
      {},
      { reason: 'plan_required', requiredPlans: ['enterprise'] },
    ],
    [
      'a plan that the catalog no longer knows',
      'open',
      [assignment({ plan: 'gone' })],
      {},
      { reason: 'plan_required', requiredPlans: ['free', 'pro', 'enterprise'] },
    ],
    ['who is not rolled out to', 'soon', pro, {}, { reason: 'not_rolled_out', plan: 'pro' }],
    [
      'the thing after the last',
      'things',
      [],
      standing(3n),
      { reason: 'capacity_reached', limit: 3, used: 3 },
    ],
    ['one more after a downgrade', 'things', [], standing(4n), { reason: 'over_limit', limit: 3, used: 4 }],
  ])('%s', (_name, feature, assignments, wish, expected) => {
    expect(decide(asking(feature, assignments, wish))).toMatchObject({
      allowed: false,
      feature,
      ...expected,
    });
  });

  it('before any owner is known without naming one', () => {
    expect(decide(asking('open', [], { owner: null }))).toEqual({
      allowed: false,
      feature: 'open',
      reason: 'owner_unresolved',
      message: 'Nobody could be found who pays for this',
    });
  });
});

describe('decide allows', () => {
  it.each<[string, string, Assignment[], Partial<DecisionInput>, Partial<Allowed>]>([
    ['what the default plan includes', 'open', [], {}, { plan: 'free', source: 'default', limit: null }],
    ['what lapsed, when the plan below has it too', 'open', lapsedPro, {}, { plan: 'free' }],
    ['what is paid for', 'paid', pro, {}, { plan: 'pro', source: 'subscription', limit: null }],
    ['a limited feature, with its limit', 'runs', pro, {}, { limit: 50 }],
    ['an unlimited feature, as -1', 'runs', enterprise, {}, { limit: -1 }],
    ['a feature with a ceiling', 'size', [], {}, { limit: 10 }],
    ['the last place', 'things', [], standing(2n), { limit: 3, used: 2, remaining: 1 }],
    [
      'any number where there is no limit',
      'things',
      enterprise,
      standing(1_000n),
      { limit: -1, used: 1_000 },
    ],
  ])('%s', (_name, feature, assignments, wish, expected) => {
    expect(decide(asking(feature, assignments, wish))).toMatchObject({
      allowed: true,
      feature,
      ownerId: 'owner-1',
      ...expected,
    });
  });

  it('until the very instant at which an assignment ends', () => {
    const ending = [assignment({ to: AT, lapsed: 'expired' })];
    expect(decide(asking('paid', ending, { at: at(-1) })).allowed).toBe(true);
    expect(decide(asking('paid', ending, { at: AT }))).toMatchObject({ lapsed: 'expired' });
  });

  it('in grace, and says so only then', () => {
    const grace = [assignment({ graceSince: at(0), to: at(1_000), lapsed: 'payment_past_due' })];
    expect(decide(asking('paid', grace))).toMatchObject({ allowed: true, inGrace: true });
    expect(decide(asking('paid', pro))).not.toHaveProperty('inGrace');
  });

  it('whoever the include list names, and nobody whose plan lacks the feature', () => {
    const soon = CATALOG.features.get('soon')!;
    const include = { users: ['user-1'] };
    const sections = { percent: 0, percentByPlan: {}, subject: 'owner' as const, include, exclude: {} };
    const rolled = { ...soon, rollout: sections };
    const catalog = { ...CATALOG, features: new Map([['soon', rolled]]) };
    expect(decide(asking('soon', pro, { catalog })).allowed).toBe(true);
    expect(decide(asking('soon', pro, { catalog, userId: 'user-2' }))).toMatchObject({
      reason: 'not_rolled_out',
    });
    expect(decide(asking('soon', [], { catalog }))).toMatchObject({ reason: 'plan_required' });
  });

  it('the same for the same input, leaving the input as it was', () => {
    const input = Object.freeze(asking('things', pro, standing(24n)));
    expect(decide(input)).toEqual(decide(input));
  });
});
