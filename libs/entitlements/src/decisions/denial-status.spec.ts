import { describe, expect, it } from '@jest/globals';
import type { DenialReason } from './decision.js';
import { denialMessage } from './denial-message.js';
import { denialStatus } from './denial-status.js';

/** Typed so that a reason without a status does not compile. */
const STATUS: Readonly<Record<DenialReason, number>> = {
  unauthenticated: 401,
  owner_unresolved: 403,
  feature_unknown: 403,
  feature_disabled: 403,
  plan_required: 403,
  subscription_lapsed: 403,
  not_rolled_out: 403,
  rate_limited: 429,
  quota_exceeded: 429,
  capacity_reached: 403,
  over_limit: 403,
  ceiling_exceeded: 403,
  seat_limit: 403,
  unavailable: 503,
};
const reasons = Object.keys(STATUS) as DenialReason[];

describe('denialStatus', () => {
  it.each(reasons)('of %s', (reason) => {
    expect(denialStatus(reason)).toBe(STATUS[reason]);
  });
});

describe('denialMessage', () => {
  it('has a sentence of its own for every reason', () => {
    const messages = reasons.map((reason) => denialMessage(reason));
    expect(new Set(messages).size).toBe(reasons.length);
    expect(messages.every((message) => /^[A-Z].{10,}[a-z]$/.test(message))).toBe(true);
  });

  it('SB-29 words a missing plan as clients of older systems know it', () => {
    expect(denialMessage('plan_required')).toBe('This feature requires a paid plan');
  });
});
