import { describe, expect, it } from '@jest/globals';
import { rateVerdict } from './rate-verdict.js';

const rate = { key: 'k', limit: 2, perSeconds: 60 };
const at = (milliseconds: number): Date => new Date(1_000_000 + milliseconds);

describe('rateVerdict', () => {
  it.each([
    ['unused', { used: 0, since: null }, 0, { remaining: 2, resetInSeconds: 60 }],
    ['just used', { used: 1, since: 1_000_000 }, 0, { remaining: 1, resetInSeconds: 60 }],
    ['used a millisecond ago', { used: 1, since: 1_000_000 }, 1, { remaining: 1, resetInSeconds: 60 }],
    ['used a second ago', { used: 1, since: 1_000_000 }, 1_000, { remaining: 1, resetInSeconds: 59 }],
    ['about to come free', { used: 2, since: 1_000_000 }, 59_999, { remaining: 0, resetInSeconds: 1 }],
    ['over a lowered limit', { used: 3, since: 1_000_000 }, 0, { remaining: 0, resetInSeconds: 60 }],
  ])('tells how a rate stands that is %s', (_, facts, later, state) => {
    expect(rateVerdict([rate], [facts], at(later), true)).toEqual({
      allowed: true,
      rates: [{ ...rate, ...state }],
    });
  });

  it('waits for the slowest of the full rates, not for one with room', () => {
    const rates = [
      rate,
      { key: 'slow', limit: 1, perSeconds: 100 },
      { key: 'free', limit: 9, perSeconds: 3600 },
    ];
    const facts = [
      { used: 2, since: 990_000 },
      { used: 1, since: 999_500 },
      { used: 1, since: 1_000_000 },
    ];
    expect(rateVerdict(rates, facts, at(0), false)).toMatchObject({
      allowed: false,
      retryAfterSeconds: 100,
      refusedKey: 'slow',
      rates: [{ remaining: 0 }, { remaining: 0 }, { remaining: 8 }],
    });
  });

  it('has an answer also when the full rate was emptied since', () => {
    expect(rateVerdict([rate], [{ used: 0, since: null }], at(0), false)).toMatchObject({
      allowed: false,
      retryAfterSeconds: 60,
      refusedKey: 'k',
    });
  });
});
