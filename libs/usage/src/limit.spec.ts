import { describe, expect, it } from '@jest/globals';
import { toWire, UNLIMITED } from './limit.js';

describe('toWire', () => {
  it.each([
    [0n, 0],
    [UNLIMITED, -1],
    [9_007_199_254_740_991n, 9_007_199_254_740_991],
    [9_007_199_254_740_992n, '9007199254740992'],
    [9_223_372_036_854_775_807n, '9223372036854775807'],
  ])('%s travels as %p', (value, wire) => {
    expect(toWire(value)).toBe(wire);
  });
});
