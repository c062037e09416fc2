import { describe, expect, it } from '@jest/globals';
import { prorateChange, remainingValue } from './proration.js';

const seconds = (iso: string): number => Date.parse(iso) / 1000;

describe('remainingValue', () => {
  it.each<[string, number, string, string, string, number]>([
    ['half of a 30-day month', 9900, '2026-11-01', '2026-12-01', '2026-11-16', 4950],
    ['the first instant', 9900, '2026-11-01', '2026-12-01', '2026-11-01', 9900],
    ['the last second', 9900, '2026-11-01', '2026-12-01', '2026-11-30T23:59:59Z', 0],
    ['the end itself', 9900, '2026-11-01', '2026-12-01', '2026-12-01', 0],
    ['after the end', 9900, '2026-11-01', '2026-12-01', '2026-12-05', 0],
    ['before the start', 9900, '2026-11-01', '2026-12-01', '2026-10-05', 9900],
    ['10 of 31 days', 3100, '2026-01-01', '2026-02-01', '2026-01-22', 1000],
    ['a third, rounded down', 1000, '2026-11-01', '2026-12-01', '2026-11-21', 333],
    ['two thirds, rounded up', 1000, '2026-11-01', '2026-12-01', '2026-11-11', 667],
    ['half a cent, rounded away from zero', 1, '2026-11-01', '2026-12-01', '2026-11-16', 1],
    ['a leap February, one day left of 29', 2900, '2028-02-01', '2028-03-01', '2028-02-29', 100],
    ['a common February, one day left of 28', 2800, '2027-02-01', '2027-03-01', '2027-02-28', 100],
    ['31 Jan to 28 Feb', 2800, '2026-01-31', '2026-02-28', '2026-02-27', 100],
    ['a leap year, half gone', 36_600, '2028-01-01', '2029-01-01', '2028-07-02', 18_300],
    ['a credit mirrors a debit', -1000, '2026-11-01', '2026-12-01', '2026-11-21', -333],
    ['nothing stays nothing', 0, '2026-11-01', '2026-12-01', '2026-11-16', 0],
    ['a whole billion in cents', 100_000_000_001, '2026-11-01', '2026-12-01', '2026-11-16', 50_000_000_001],
  ])('%s', (_name, amount, start, end, at, expected) => {
    const window = { start: seconds(start), end: seconds(end), at: seconds(at) };
    expect(remainingValue(amount, window)).toBe(expected);
    const inMs = { start: window.start * 1000, end: window.end * 1000, at: window.at * 1000 };
    expect(remainingValue(amount, inMs)).toBe(expected);
  });

  it('is worth nothing in an empty period', () => {
    expect(remainingValue(9900, { start: 5, end: 5, at: 5 })).toBe(0);
  });
});

describe('prorateChange', () => {
  it('gives back what the same terms cost, to the cent', () => {
    for (let day = 0; day <= 30; day += 1) {
      const { credit, debit } = prorateChange(9999, 9999, { start: 0, end: 30, at: day });
      expect(credit + debit).toBe(0);
    }
  });

  it('costs the difference for the rest of the period', () => {
    expect(prorateChange(3000, 9900, { start: 0, end: 30, at: 20 })).toEqual({ credit: -1000, debit: 3300 });
  });
});
