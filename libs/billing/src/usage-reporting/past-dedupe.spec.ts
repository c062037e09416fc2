import { describe, expect, it } from '@jest/globals';
import { isPastDedupe } from './past-dedupe.js';

const SENT = new Date('2026-01-01T00:00:00Z');

describe('isPastDedupe', () => {
  it.each([
    ['2026-01-01T22:59:59Z', 24, false],
    ['2026-01-01T23:00:00Z', 24, true],
    ['2026-01-03T00:00:00Z', 24, true],
    ['2036-01-01T00:00:00Z', null, false],
  ])('at %s with a window of %p hours: %p', (now, hours, past) => {
    expect(isPastDedupe(SENT, hours, new Date(now))).toBe(past);
  });
});
