import { describe, expect, it } from '@jest/globals';
import { endOfLocalDay, localToday } from './dates.js';

describe('endOfLocalDay', () => {
  it.each([
    ['2026-11-23', new Date(2026, 10, 24)],
    ['2026-12-31', new Date(2027, 0, 1)],
    ['2028-02-28', new Date(2028, 1, 29)],
  ])('ends %s with the next local midnight', (day, midnight) => {
    expect(endOfLocalDay(day)).toBe(midnight.toISOString());
  });
});

describe('localToday', () => {
  it('is the day on the reader’s wall, with two digits each', () => {
    expect(localToday(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});
