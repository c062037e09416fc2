import { describe, expect, it } from '@jest/globals';
import { nextDue } from './scheduled-job.js';

const MINUTE = 60_000;

describe('nextDue', () => {
  it.each([
    ['2026-01-01T00:00:00.000Z', '2026-01-01T00:01:00.000Z'],
    ['2026-01-01T00:00:00.001Z', '2026-01-01T00:01:00.000Z'],
    ['2026-01-01T00:00:59.999Z', '2026-01-01T00:01:00.000Z'],
  ])('a job of every minute is due after %s at %s', (now, due) => {
    expect(nextDue(new Date(now), MINUTE).toISOString()).toBe(due);
  });
});
