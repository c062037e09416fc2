import { describe, expect, it } from '@jest/globals';
import { SUBSCRIPTION_STATUSES } from './provider-subscription.js';
import { toBillingInterval, toMoney, toSubscriptionStatus } from './subscription-words.js';

describe('the words of both providers', () => {
  it('are ours for every status', () => {
    expect(SUBSCRIPTION_STATUSES.map(toSubscriptionStatus)).toEqual(SUBSCRIPTION_STATUSES);
  });

  it.each([
    ['cancelled', 'canceled'],
    ['Active', null],
    ['hibernating', null],
    ['toString', null],
  ])('make of the status %s: %s', (word, status) => {
    expect(toSubscriptionStatus(word)).toBe(status);
  });

  it.each([
    ['month', 1, 'month'],
    ['month', null, 'month'],
    ['month', 12, 'year'],
    ['year', 1, 'year'],
    ['month', 3, null],
    ['year', 2, null],
    ['week', 1, null],
    [null, 1, null],
  ])('make of %s × %s: %s', (unit, count, interval) => {
    expect(toBillingInterval(unit, count)).toBe(interval);
  });

  it.each([
    [100n, 'USD', { amount: 100n, currency: 'usd' }],
    [0n, 'eur', { amount: 0n, currency: 'eur' }],
    [null, 'usd', null],
    [100n, 'dollars', null],
    [100n, null, null],
  ])('make of %s %s: %j', (amount, currency, money) => {
    expect(toMoney(amount, currency)).toEqual(money);
  });
});
