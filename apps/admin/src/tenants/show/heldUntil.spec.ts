import { describe, expect, it } from '@jest/globals';
import type { Assignment } from '../../api/staff-api.js';
import { heldUntil } from './heldUntil.js';

const [edge, dayAfter] = ['2027-05-05T02:24:00.000Z', '2027-05-06T02:24:00.000Z'];
const assignment: Assignment = {
  id: 'a',
  plan: 'pro',
  planName: 'Pro',
  from: '2027-04-05T02:24:00.000Z',
  to: dayAfter,
  source: 'subscription',
  lapsed: 'expired',
};
const live = {
  status: 'active',
  cancelAt: null,
  trialEnd: null,
  currentPeriodEnd: edge,
  pause: null,
} as const;

describe('heldUntil', () => {
  it('says when a live subscription renews, without the day of slack', () => {
    expect(heldUntil(assignment, live)).toEqual({ words: 'renews', at: edge });
  });

  it('says when a trial ends, and when a pause begins', () => {
    expect(heldUntil(assignment, { ...live, status: 'trialing', trialEnd: edge })).toEqual({
      words: 'trial ends',
      at: edge,
    });
    const pause = { beginsAt: edge, endsAt: null };
    expect(heldUntil(assignment, { ...live, pause })).toEqual({ words: 'pauses', at: edge });
  });

  it.each([
    ['cancelled', assignment, { ...live, cancelAt: edge }],
    ['in grace', assignment, { ...live, status: 'past_due' }],
    ['of before', { ...assignment, to: '2027-04-20T00:00:00.000Z' }, live],
    ['given by staff', { ...assignment, source: 'staff' }, live],
    ['without a subscription', assignment, null],
  ] as const)('says the true end of one that is %s', (_what, held, subscription) => {
    expect(heldUntil(held, subscription)).toEqual({ words: 'to', at: held.to });
  });
});
