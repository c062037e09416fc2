import { expect } from '@jest/globals';
import type { Answer } from './caller.js';

/** Refused in our own words: a 4xx with a stable code, never a 5xx. */
export function expectRefused(answer: Answer): void {
  expect([answer.status, answer.text]).toEqual([expect.any(Number), expect.stringContaining('"error"')]);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body['error']).toMatch(/^[a-z_]+$/);
}
