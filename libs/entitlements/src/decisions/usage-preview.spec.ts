import { describe, expect, it } from '@jest/globals';
import { asking, assignment, CATALOG, override } from '../testing/decision-builders.js';
import { decide } from './decide.js';
import { limitOf, usagePreview } from './usage-preview.js';

const pro = [assignment()];
const unlimited = {
  owner: {
    ownerId: 'owner-1',
    assignments: pro,
    overrides: [override({ feature: 'things', value: { enabled: true, limit: -1n } })],
  },
};

describe('limitOf', () => {
  it.each([
    ['SB-27 the free plan’s limit without a subscription', decide(asking('things')), 3],
    ['the limit of the plan', decide(asking('things', pro)), 25],
    ['0 for what the plan lacks', decide(asking('runs')), 0],
    ['0 for what the catalog lacks', decide(asking('no-such-feature', pro)), 0],
    ['0 for a flag, which has none', decide(asking('paid', pro)), 0],
    [
      'the limit of a capacity that is reached',
      decide(asking('things', pro, { standing: { used: 25n } })),
      25,
    ],
    ['Infinity only for explicitly unlimited', decide(asking('things', pro, unlimited)), Infinity],
  ])('is %s', (_, decision, limit) => {
    expect(limitOf(decision)).toBe(limit);
  });
});

describe('usagePreview', () => {
  it.each([
    [50, { limit: 100, current: 50, remaining: 50, canUse: true }],
    [100, { limit: 100, current: 100, remaining: 0, canUse: false }],
  ])('SB-28 of %i used of a hundred is %j', (used, preview) => {
    const allowances = new Map([['pro', { limit: 100n, overage: 'deny' as const }]]);
    const runs = { ...CATALOG.features.get('runs')!, allowances };
    const catalog = { ...CATALOG, features: new Map([['runs', runs]]) };
    const standing = { used: BigInt(used) };
    expect(usagePreview(decide(asking('runs', [assignment()], { catalog, standing })))).toEqual(preview);
  });

  it.each([
    [0n, { limit: 25, current: 0, remaining: 25, canUse: true }],
    [24n, { limit: 25, current: 24, remaining: 1, canUse: true }],
    [25n, { limit: 25, current: 25, remaining: 0, canUse: false }],
    [26n, { limit: 25, current: 26, remaining: 0, canUse: false }],
  ])('GO-23 of %s in use is %j', (used, preview) => {
    expect(usagePreview(decide(asking('things', pro, { standing: { used } })))).toEqual(preview);
  });

  it('has room without end only when it is explicitly unlimited', () => {
    const decision = decide(asking('things', [], { ...unlimited, standing: { used: 9n } }));
    expect(usagePreview(decision)).toEqual({
      limit: Infinity,
      current: 9,
      remaining: Infinity,
      canUse: true,
    });
  });

  it('has none of what is denied', () => {
    expect(usagePreview(decide(asking('runs')))).toEqual({
      limit: 0,
      current: 0,
      remaining: 0,
      canUse: false,
    });
  });
});
