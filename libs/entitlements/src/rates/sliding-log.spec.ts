import { describe, expect, it } from '@jest/globals';
import { factsOf, withGrant } from './sliding-log.js';

const rate = { key: 'k', limit: 3, perSeconds: 10 };

describe('factsOf', () => {
  it.each([
    ['nothing', [], 10_000, { used: 0, since: null }],
    ['a grant at this instant', [10_000], 10_000, { used: 1, since: 10_000 }],
    ['a grant that leaves in a millisecond', [1], 10_000, { used: 1, since: 1 }],
    ['no grant that leaves now', [0], 10_000, { used: 0, since: null }],
    ['the later ones only', [0, 5_000, 6_000], 10_000, { used: 2, since: 5_000 }],
    ['one by a clock that is ahead', [12_000], 10_000, { used: 1, since: 12_000 }],
    ['at most the limit, from its first', [1_000, 2_000, 3_000, 4_000], 5_000, { used: 3, since: 2_000 }],
  ])('counts %s', (_, log, at, facts) => {
    expect(factsOf(log, rate, new Date(at))).toEqual(facts);
  });
});

describe('withGrant', () => {
  it.each([
    ['the instant', [1], 2, [1, 2]],
    ['the latest instant when the clock is behind', [1, 9], 5, [1, 9, 9]],
    ['as many as the limit', [1, 2, 3], 20_000, [2, 3, 20_000]],
  ])('records %s', (_, log, at, grown) => {
    expect(withGrant(log, rate, new Date(at))).toEqual(grown);
  });
});
