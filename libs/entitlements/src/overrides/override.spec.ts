import { describe, expect, it } from '@jest/globals';
import { AT, at, override } from '../testing/decision-builders.js';
import { overrideInForce } from './override.js';

describe('overrideInForce', () => {
  it.each([
    ['nothing of nothing', [], null],
    ['one that holds', [override({ id: 'a' })], 'a'],
    ['none of another feature', [override({ id: 'a', feature: 'other' })], null],
    ['none before it begins', [override({ id: 'a', from: at(1) })], null],
    ['one from its very beginning', [override({ id: 'a', from: AT })], 'a'],
    ['none from its very end', [override({ id: 'a', to: AT })], null],
    ['one to the millisecond before its end', [override({ id: 'a', to: at(1) })], 'a'],
    [
      'the one that began last',
      [override({ id: 'a', from: at(-2) }), override({ id: 'b', from: at(-1) })],
      'b',
    ],
    [
      'the older one again when the newer has ended',
      [override({ id: 'a', from: at(-9) }), override({ id: 'b', from: at(-2), to: at(-1) })],
      'a',
    ],
  ])('finds %s', (_, overrides, id) => {
    expect(overrideInForce(overrides, 'paid', AT)?.id ?? null).toBe(id);
    expect(overrideInForce(overrides.toReversed(), 'paid', AT)?.id ?? null).toBe(id);
  });
});
