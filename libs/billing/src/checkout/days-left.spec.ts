import { describe, expect, it } from '@jest/globals';
import { daysLeft } from './days-left.js';

const NOW = new Date('2026-03-01T12:00:00Z');

describe('daysLeft', () => {
  it.each([
    ['2026-03-02T12:00:00Z', 1],
    ['2026-03-02T12:00:01Z', 2],
    ['2026-03-01T12:00:01Z', 1],
    ['2026-03-31T12:00:00Z', 30],
    ['2026-03-01T12:00:00Z', null],
    ['2026-02-01T12:00:00Z', null],
  ])('until %s: %p', (until, days) => {
    expect(daysLeft(NOW, new Date(until))).toBe(days);
  });
});
