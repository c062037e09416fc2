import { describe, expect, it } from '@jest/globals';
import { isDatabaseUnavailable, isRetryable, isUniqueViolation } from './postgres-errors.js';

const wrapped = (driverError: object): Error => Object.assign(new Error('query failed'), { driverError });

describe('postgres errors', () => {
  it.each<[unknown, boolean]>([
    [{ code: '40001' }, true],
    [wrapped({ code: '40P01' }), true],
    [{ code: '23505' }, false],
    [new Error('deadlock detected'), false],
    [null, false],
  ])('%p may be run again: %p', (error, retryable) => {
    expect(isRetryable(error)).toBe(retryable);
  });

  it.each<[unknown, boolean]>([
    [{ code: 'ECONNREFUSED' }, true],
    [wrapped({ code: '57P01' }), true],
    [{ code: '08006' }, true],
    [{ code: '53300' }, true],
    [new Error('Connection terminated unexpectedly'), true],
    [new Error('Client has encountered a connection error and is not queryable'), true],
    [new Error('timeout exceeded when trying to connect'), true],
    [{ code: '23505', message: 'Connection terminated' }, false],
    [new Error('no'), false],
    ['Connection terminated', false],
  ])('%p means that the database is away: %p', (error, away) => {
    expect(isDatabaseUnavailable(error)).toBe(away);
  });

  it('knows which unique rule refused', () => {
    const error = wrapped({ code: '23505', constraint: 'checkout_open' });
    expect([isUniqueViolation(error), isUniqueViolation(error, 'checkout_open')]).toEqual([true, true]);
    expect([isUniqueViolation(error, 'another'), isUniqueViolation(new Error('no'))]).toEqual([false, false]);
  });
});
