import { describe, expect, it } from '@jest/globals';
import { formatCount, formatMoney } from './numbers.js';

const plain = (text: string) => text.replace(/[^\d.,-]/g, '');

describe('formatMoney', () => {
  it.each([
    ['9900', 'usd', '99.00'],
    ['5', 'USD', '0.05'],
    ['9900', 'JPY', '9,900'],
    ['-150', 'EUR', '-1.50'],
    ['900719925474099312', 'USD', '9,007,199,254,740,993.12'],
  ])('shows %s minor units of %s as %s', (minorUnits, currency, shown) => {
    expect(plain(formatMoney(minorUnits, currency, 'en-US'))).toBe(shown);
  });
});

describe('formatCount', () => {
  it('keeps every digit of a number beyond 2^53', () => {
    expect(formatCount('9007199254740993', 'en-US')).toBe('9,007,199,254,740,993');
  });
});
