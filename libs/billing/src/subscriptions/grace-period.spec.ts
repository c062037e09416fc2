import { describe, expect, it } from '@jest/globals';
import { graceUntil } from './grace-period.js';

describe('graceUntil', () => {
  it.each([
    [0, '2026-03-28T10:00:00Z'],
    [1, '2026-03-29T10:00:00Z'],
    [7, '2026-04-04T10:00:00Z'],
    [14, '2026-04-11T10:00:00Z'],
  ])('is %i whole days of 24 hours after the first failure, clock changes or not', (days, end) => {
    expect(graceUntil(new Date('2026-03-28T10:00:00Z'), days)).toEqual(new Date(end));
  });
});
