import { describe, expect, it } from '@jest/globals';
import type { Allowed, Denied } from '@tollgate/entitlements';
import { decisionHeaders } from './decision-headers.js';

const NOW = new Date('2030-01-01T23:59:00.001Z');
const allowed: Allowed = {
  allowed: true,
  feature: 'export',
  ownerId: 'owner-1',
  plan: 'pro',
  source: 'subscription',
  limit: 50,
  used: 8,
  remaining: 42,
  resetsAt: '2030-01-02T00:00:00.000Z',
};
const denied: Denied = {
  allowed: false,
  feature: 'export',
  reason: 'quota_exceeded',
  message: '',
  limit: 50,
  used: 50,
};

describe('the headers of a decision', () => {
  it('tell what is left of a quota, and when it is whole again, rounded up', () => {
    expect(decisionHeaders(allowed, NOW)).toEqual({
      RateLimit: '"export";r=42;t=60',
      'RateLimit-Policy': '"export";q=50',
    });
  });

  it('tell no time of a limit on things that exist', () => {
    const { resetsAt: _none, ...capacity } = { ...allowed, feature: 'workflows', limit: 3, remaining: 2 };
    expect(decisionHeaders(capacity, NOW)).toEqual({
      RateLimit: '"workflows";r=2',
      'RateLimit-Policy': '"workflows";q=3',
    });
  });

  it.each([
    ['a flag', { ...allowed, limit: null, remaining: undefined }],
    ['an unlimited feature', { ...allowed, limit: -1, remaining: undefined }],
    ['a denial', denied],
  ])('are not there for %s', (_what, decision) => {
    expect(decisionHeaders(decision, NOW)).toEqual({});
  });
});
