import { describe, expect, it } from '@jest/globals';
import { retryDelay } from './retry-schedule.js';

describe('retryDelay', () => {
  it('doubles from two seconds and gives up after ten attempts at Polar', () => {
    const delays = Array.from({ length: 10 }, (_, index) => retryDelay('polar', index + 1, 0, 0));
    expect(delays).toEqual([2000, 4000, 8000, 16_000, 32_000, 64_000, 128_000, 256_000, 512_000, null]);
  });

  it('stays between 17 and 34 minutes in all at Polar, whatever the jitter', () => {
    const minutes = (jitter: number): number => {
      let sum = 0;
      for (let failures = 1; failures < 10; failures += 1)
        sum += retryDelay('polar', failures, 0, jitter) ?? 0;
      return sum / 60_000;
    };
    expect(minutes(0)).toBeCloseTo(17.03, 1);
    expect(minutes(1)).toBeCloseTo(34.06, 1);
  });

  it('goes on for three days at Stripe', () => {
    let age = 0;
    let failures = 0;
    for (;;) {
      failures += 1;
      const delay = retryDelay('stripe', failures, age, 0);
      if (delay === null) break;
      age += delay;
    }
    expect(age / 3_600_000).toBeGreaterThan(60);
    expect(age / 3_600_000).toBeLessThanOrEqual(72);
  });
});
