import { describe, expect, it } from '@jest/globals';
import { attemptDelay } from './attempt-delay.js';

describe('attemptDelay', () => {
  it.each([
    [0, 0],
    [1, 0],
    [3, 0],
    [4, 1],
    [5, 2],
    [8, 16],
    [13, 512],
    [14, 900],
    [5_000, 900],
  ])('after %d failures is %d seconds', (failures, seconds) => {
    expect(attemptDelay(failures)).toBe(seconds);
  });
});
