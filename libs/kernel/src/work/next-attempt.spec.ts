import { describe, expect, it } from '@jest/globals';
import { UnavailableError } from '../errors/common.errors.js';
import { nextAttempt } from './next-attempt.js';

const MINUTE_MS = 60_000;
const away = new UnavailableError('provider_unavailable', 'away');
const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });

describe('nextAttempt', () => {
  it.each([
    [1, 1_000],
    [2, 2_000],
    [9, 256_000],
  ])('waits longer after failure %i', (failures, wait) => {
    expect(nextAttempt(failures, new Error('poison'), 0)).toBe(wait);
  });

  it('gives up after the tenth failure of its own', () => {
    expect(nextAttempt(10, new Error('poison'), 0)).toBeNull();
  });

  it.each([away, refused])(
    'never gives up while a part is down, and looks at least every minute',
    (error) => {
      for (const failures of [9, 10, 11, 5_000]) expect(nextAttempt(failures, error, 0)).toBe(MINUTE_MS);
    },
  );
});
