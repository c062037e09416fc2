import { describe, expect, it } from '@jest/globals';
import { backOff } from './back-off.js';

describe('backOff', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [5, 16_000],
    [10, 512_000],
    [11, 600_000],
    [40, 600_000],
  ])('waits after %i failures for %i ms without jitter', (failures, expected) => {
    expect(backOff(failures, 0)).toBe(expected);
  });

  it('takes at most a quarter off', () => {
    expect(backOff(2, 0.999_999)).toBe(1_500);
  });
});
