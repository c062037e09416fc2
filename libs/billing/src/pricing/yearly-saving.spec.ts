import { describe, expect, it } from '@jest/globals';
import { yearlySaving } from './yearly-saving.js';

const usd = (amount: bigint) => ({ amount, currency: 'usd' });

describe('yearlySaving', () => {
  it('SB-15 is twelve months less the year: $189 of 12 × $99 and $999', () => {
    expect(yearlySaving(usd(9_900n), usd(99_900n))).toBe(18_900n);
  });

  it.each([
    ['the year costs as much', usd(100n), usd(1_200n)],
    ['the year costs more', usd(100n), usd(1_300n)],
    ['the currencies differ', usd(9_900n), { amount: 99_900n, currency: 'eur' }],
  ])('is none when %s', (_, month, year) => {
    expect(yearlySaving(month, year)).toBeNull();
  });
});
