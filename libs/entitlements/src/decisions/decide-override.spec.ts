import { describe, expect, it } from '@jest/globals';
import type { Override } from '../overrides/override.js';
import { asking, assignment, at, override } from '../testing/decision-builders.js';
import { decide, type DecisionInput } from './decide.js';
import type { Decision } from './decision.js';

const pro = [assignment()];
const decided = (feature: string, overrides: Override[], wish: Partial<DecisionInput> = {}): Decision =>
  decide(asking(feature, [], { owner: { ownerId: 'owner-1', assignments: [], overrides }, ...wish }));

describe('an override', () => {
  it('gives what the plan lacks, and says that it does', () => {
    expect(decided('paid', [override()])).toMatchObject({ allowed: true, plan: 'free', source: 'override' });
  });

  it('gives a limit of its own instead of the plan’s', () => {
    const more = override({ feature: 'things', value: { enabled: true, limit: 5n } });
    expect(decided('things', [more], { standing: { used: 4n } })).toMatchObject({
      allowed: true,
      limit: 5,
      remaining: 1,
    });
    expect(decided('things', [more], { standing: { used: 5n } })).toMatchObject({
      reason: 'capacity_reached',
      limit: 5,
    });
  });

  it('takes away what the plan includes, and names no plan that would bring it back', () => {
    const off = [override({ value: { enabled: false } })];
    const owner = { ownerId: 'owner-1', assignments: pro, overrides: off };
    expect(decide(asking('paid', [], { owner }))).toMatchObject({
      reason: 'plan_required',
      requiredPlans: [],
    });
  });

  it('is over at its end', () => {
    expect(decided('paid', [override({ to: at(0) })])).toMatchObject({ reason: 'plan_required' });
  });

  it('beats neither the kill switch nor the rollout', () => {
    expect(decided('off', [override({ feature: 'off' })])).toMatchObject({ reason: 'feature_disabled' });
    expect(decided('soon', [override({ feature: 'soon' })])).toMatchObject({ reason: 'not_rolled_out' });
  });
});

describe('the limit layer', () => {
  it.each<[string, string, bigint, bigint, object]>([
    ['a quota with room', 'runs', 49n, 1n, { allowed: true, limit: 50, used: 49, remaining: 1 }],
    [
      'a quota that several units overrun',
      'runs',
      49n,
      2n,
      { reason: 'quota_exceeded', limit: 50, used: 49, requested: 2 },
    ],
    ['a quota used up', 'runs', 50n, 1n, { reason: 'quota_exceeded', limit: 50, used: 50, requested: 1 }],
    ['a ceiling not reached', 'size', 0n, 50n, { allowed: true, limit: 50 }],
    ['a ceiling exceeded', 'size', 0n, 51n, { reason: 'ceiling_exceeded', limit: 50, requested: 51 }],
    ['a capacity with room', 'things', 24n, 1n, { allowed: true, remaining: 1 }],
    [
      'a capacity that several things overrun',
      'things',
      24n,
      2n,
      { reason: 'capacity_reached', limit: 25, used: 24, requested: 2 },
    ],
    ['a capacity reached', 'things', 25n, 1n, { reason: 'capacity_reached', limit: 25, used: 25 }],
    [
      'a capacity exceeded after a downgrade',
      'things',
      26n,
      1n,
      { reason: 'over_limit', limit: 25, used: 26 },
    ],
  ])('answers %s', (_, feature, used, requested, answer) => {
    expect(decide(asking(feature, pro, { standing: { used, requested } }))).toMatchObject(answer);
  });

  it('says when the window of a quota ends, and when it is worth coming back', () => {
    const standing = { used: 50n, resets: { at: at(1_001), inSeconds: 2 } };
    const resetsAt = at(1_001).toISOString();
    expect(decide(asking('runs', pro, { standing }))).toMatchObject({ resetsAt, retryAfter: 2 });
    const roomy = decide(asking('runs', pro, { standing: { ...standing, used: 1n } }));
    expect(roomy).toMatchObject({ allowed: true, resetsAt });
    expect(roomy).not.toHaveProperty('retryAfter');
  });
});

describe('EE-16 the trace', () => {
  const outcomes = (decision: Decision): string =>
    (decision.trace ?? []).map(({ outcome }) => outcome[0]).join('');

  it.each<[string, Partial<DecisionInput>, string]>([
    ['nobody calls', { principal: null }, 'rnnnnnn'],
    ['nobody pays', { owner: null }, 'prnnnnn'],
    ['the feature is unknown', { feature: 'gone' }, 'pprnnnn'],
    ['the plan refuses', { feature: 'top' }, 'ppprnnn'],
    ['the rollout refuses', { feature: 'soon' }, 'pppprnn'],
    ['the limit refuses', { feature: 'things', standing: { used: 25n } }, 'pppppnr'],
    ['all pass', { feature: 'things', standing: { used: 0n } }, 'pppppnp'],
    ['the limit is not asked', { feature: 'things' }, 'pppppnn'],
  ])('lists all seven layers when %s', (_, wish, expected) => {
    expect(outcomes(decide(asking('paid', pro, { ...wish, trace: true })))).toBe(expected);
  });

  it('is left out unless asked for', () => {
    expect(decide(asking('paid', pro))).not.toHaveProperty('trace');
  });
});
