import { describe, expect, it } from '@jest/globals';
import { addInterval } from './add-interval.js';

describe('addInterval', () => {
  it.each([
    ['2026-01-31T10:00:00.000Z', 'month', 1, '2026-02-28T10:00:00.000Z'],
    ['2026-01-31T10:00:00.000Z', 'month', 2, '2026-03-31T10:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', 'year', 1, '2029-02-28T00:00:00.000Z'],
    ['2028-02-29T00:00:00.000Z', 'year', 4, '2032-02-29T00:00:00.000Z'],
    ['2026-11-23T23:59:59.999Z', 'month', 2, '2027-01-23T23:59:59.999Z'],
    ['2026-12-30T00:00:00.000Z', 'week', 1, '2027-01-06T00:00:00.000Z'],
    ['2026-02-28T00:00:00.000Z', 'day', 1, '2026-03-01T00:00:00.000Z'],
  ] as const)('%s plus %s × %i is %s', (anchor, interval, count, expected) => {
    expect(addInterval(new Date(anchor), interval, count).toISOString()).toBe(expected);
  });
});
