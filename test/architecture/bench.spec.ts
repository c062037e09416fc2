import { describe, expect, it } from '@jest/globals';
import { atLeast, atMost, below, exactly, meets } from '../../bench/runner/bars.mjs';
import { median, medianInterval, quantile, ratioOf, spreadPercent } from '../../bench/runner/statistics.mjs';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('the statistics of the bench', () => {
  it('take the middle value, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 7])).toBe(6);
    expect(() => median([])).toThrow('no value');
  });

  it('give the smallest value that a share of all does not exceed', () => {
    expect(quantile(upTo(100), 0.99)).toBe(99);
    expect(quantile([3], 0.01)).toBe(3);
  });

  it('give the middle half as percent of the median', () => {
    expect(spreadPercent([90, 95, 100, 105, 110])).toBeCloseTo(10);
  });

  it.each([
    [3, 1, 3],
    [6, 1, 6],
    [9, 2, 8],
    [10, 2, 9],
    [12, 3, 10],
    [20, 6, 15],
  ])('of %i values, bound the median by the ranks of the sign test, %i and %i', (count, low, high) => {
    expect(medianInterval(upTo(count))).toEqual({ low, high });
  });

  it('compare round by round, so that a slow round of both changes no ratio', () => {
    expect(ratioOf([10, 1000, 20], [5, 500, 10])).toEqual({ ratio: 2, low: 2, high: 2 });
  });
});

describe('a bar of the bench', () => {
  it('is met at its limit, and says what was asked', () => {
    expect(atLeast('a', 15, 15)).toEqual({ name: 'a', value: 15, bar: '>= 15', ok: true });
    expect(atMost('b', 2.0004, 2)).toEqual({ name: 'b', value: 2, bar: '<= 2', ok: true });
    expect(atMost('b', 2.001, 2).ok).toBe(false);
    expect(below('c', 75, 75).ok).toBe(false);
    expect(exactly('d', 1, 1).ok).toBe(true);
  });

  it('is met by no value that is not a number, and by nothing that cannot be read', () => {
    expect(atMost('a', Number.NaN, 2).ok).toBe(false);
    expect(meets(undefined, '>= 1')).toBe(false);
    expect(meets(5, 'about 5')).toBe(false);
  });
});
