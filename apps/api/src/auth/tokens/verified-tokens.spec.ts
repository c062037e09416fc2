import { describe, expect, it } from '@jest/globals';
import { VerifiedTokens } from './verified-tokens.js';

const NOW = Date.UTC(2030, 0, 1);
const seconds = (ms: number): number => ms / 1_000;

describe('a verified token', () => {
  it.each([
    ['its expiry', { iat: seconds(NOW), exp: seconds(NOW) + 60 }, Infinity, 60_000],
    ['its longest age', { iat: seconds(NOW) - 890, exp: seconds(NOW) + 3_600 }, Infinity, 10_000],
    ['the next look at the keys', { iat: seconds(NOW), exp: seconds(NOW) + 600 }, 30_000, 30_000],
  ])('is remembered up to %s, exclusively', (_what, claims, longest, lasts) => {
    const tokens = new VerifiedTokens(longest);
    tokens.remember('t', claims, 'user-1', NOW);
    expect(tokens.recall('t', NOW + lasts - 1)).toBe('user-1');
    expect(tokens.recall('t', NOW + lasts)).toBeUndefined();
  });

  it('vouches for no other token', () => {
    const tokens = new VerifiedTokens(Infinity);
    tokens.remember('a.b.c', { iat: seconds(NOW), exp: seconds(NOW) + 60 }, 'user-1', NOW);
    expect(tokens.recall('a.b.d', NOW)).toBeUndefined();
  });

  it('without an end is not remembered', () => {
    const tokens = new VerifiedTokens(Infinity);
    tokens.remember('t', { iat: seconds(NOW) }, 'user-1', NOW);
    expect(tokens.recall('t', NOW)).toBeUndefined();
  });
});
