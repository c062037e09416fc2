import { describe, expect, it } from '@jest/globals';
import { counted, instant, money } from './wording.js';

describe('wording', () => {
  it.each([
    [9900, 'usd', '$99.00'],
    [9900, 'jpy', '¥9,900'],
    [123_456, 'eur', '€1,234.56'],
  ])('writes %i minor units of %s as %s', (amount, currency, expected) => {
    expect(money(amount, currency)).toBe(expected);
  });

  it('writes instants in UTC and counts in words', () => {
    expect(instant('2026-12-23T10:05:00.000Z')).toBe('23 December 2026, 10:05 UTC');
    expect([counted(1, 'seat'), counted(5, 'seat')]).toEqual(['1 seat', '5 seats']);
  });
});
