import { describe, expect, it } from '@jest/globals';
import type { SubscriptionStatus } from '../providers/provider-subscription.js';
import { type AccessFacts, nextLook, subscriptionAccess } from './subscription-access.js';

const at = (text: string): Date => new Date(`${text}Z`);
const NOW = at('2026-03-10T12:00:00');
const facts = (status: SubscriptionStatus, extra: Partial<AccessFacts> = {}): AccessFacts => ({
  status,
  startedAt: at('2026-01-01T00:00:00'),
  currentPeriodStart: at('2026-03-01T00:00:00'),
  currentPeriodEnd: at('2026-04-01T00:00:00'),
  trialEnd: null,
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  pastDueSince: null,
  pausesAt: null,
  ...extra,
});

/** Ended that day, after a trial until the 5th and no paid period. */
const endedOn = (day: string, changes: Partial<AccessFacts>): Partial<AccessFacts> => ({
  trialEnd: at('2026-03-05T00:00:00'),
  currentPeriodEnd: at('2026-03-05T00:00:00'),
  canceledAt: at(`${day}T00:00:00`),
  endedAt: at(`${day}T00:00:00`),
  ...changes,
});

describe('subscriptionAccess', () => {
  it.each<[SubscriptionStatus, Partial<AccessFacts>, string | null, string | null]>([
    ['active', {}, '2026-04-02T00:00:00', 'expired'],
    ['active', { cancelAt: at('2026-04-01T00:00:00') }, '2026-04-01T00:00:00', 'canceled'],
    ['active', { currentPeriodEnd: null }, null, 'expired'],
    ['active', { pausesAt: at('2026-04-01T00:00:00') }, '2026-04-01T00:00:00', 'paused'],
    [
      'active',
      { pausesAt: at('2026-04-01T00:00:00'), cancelAt: at('2026-04-01T00:00:00') },
      '2026-04-01T00:00:00',
      'canceled',
    ],
    [
      'active',
      { pausesAt: at('2026-03-20T00:00:00'), cancelAt: at('2026-04-01T00:00:00') },
      '2026-03-20T00:00:00',
      'paused',
    ],
    [
      'active',
      { currentPeriodEnd: null, pausesAt: at('2026-03-20T00:00:00') },
      '2026-03-20T00:00:00',
      'paused',
    ],
    ['trialing', { trialEnd: at('2026-03-15T00:00:00') }, '2026-03-16T00:00:00', 'trial_ended'],
    [
      'trialing',
      { trialEnd: at('2026-03-15T00:00:00'), cancelAt: at('2026-03-15T00:00:00') },
      '2026-03-15T00:00:00',
      'canceled',
    ],
    ['past_due', { pastDueSince: at('2026-03-09T00:00:00') }, '2026-03-16T00:00:00', 'payment_past_due'],
    ['past_due', {}, '2026-03-17T12:00:00', 'payment_past_due'],
    [
      'past_due',
      { pastDueSince: at('2026-03-09T00:00:00'), cancelAt: at('2026-03-12T00:00:00') },
      '2026-03-12T00:00:00',
      'canceled',
    ],
    ['unpaid', {}, '2026-03-10T12:00:00', 'payment_past_due'],
    ['paused', {}, '2026-03-10T12:00:00', 'paused'],
    ['canceled', { endedAt: at('2026-03-05T00:00:00') }, '2026-03-05T00:00:00', 'canceled'],
    ['canceled', endedOn('2026-03-05', {}), '2026-03-05T00:00:00', 'trial_ended'],
    ['canceled', endedOn('2026-03-05', { canceledAt: null }), '2026-03-05T00:00:00', 'trial_ended'],
    ['canceled', endedOn('2026-03-04', {}), '2026-03-04T00:00:00', 'canceled'],
    [
      'canceled',
      endedOn('2026-03-05', { canceledAt: at('2026-03-04T00:00:00') }),
      '2026-03-05T00:00:00',
      'canceled',
    ],
    [
      'canceled',
      endedOn('2026-03-06', { currentPeriodEnd: at('2026-04-05T00:00:00') }),
      '2026-03-06T00:00:00',
      'canceled',
    ],
    ['incomplete', {}, '2026-03-10T12:00:00', null],
    ['incomplete_expired', {}, '2026-03-10T12:00:00', null],
  ])('%s with %j gives access until %s, then says %s', (status, extra, to, lapsed) => {
    const access = subscriptionAccess(facts(status, extra), 7, NOW);
    expect(access.to).toEqual(to && at(to));
    expect(access.lapsed).toBe(lapsed);
  });

  it('gives no grace on a plan with 0 grace days', () => {
    const since = at('2026-03-09T00:00:00');
    expect(subscriptionAccess(facts('past_due', { pastDueSince: since }), 0, NOW).to).toEqual(since);
  });
});

describe('nextLook', () => {
  it.each<[string, SubscriptionStatus, Partial<AccessFacts>, string | null]>([
    ['the period end', 'active', {}, '2026-04-01T00:00:00'],
    ['an earlier cancellation', 'active', { cancelAt: at('2026-03-20T00:00:00') }, '2026-03-20T00:00:00'],
    ['an earlier pause', 'active', { pausesAt: at('2026-03-20T00:00:00') }, '2026-03-20T00:00:00'],
    ['the trial end', 'trialing', { trialEnd: at('2026-03-15T00:00:00') }, '2026-03-15T00:00:00'],
    [
      'an hour later, past an edge',
      'unpaid',
      { currentPeriodEnd: at('2026-03-01T00:00:00') },
      '2026-03-10T13:00:00',
    ],
    ['an hour later, at an edge', 'active', { currentPeriodEnd: NOW }, '2026-03-10T13:00:00'],
    ['never, once ended', 'active', { endedAt: NOW }, null],
    ['never, once canceled, even if nobody says when', 'canceled', {}, null],
    ['never without an edge', 'active', { currentPeriodEnd: null }, null],
  ])('is %s', (_, status, extra, expected) => {
    expect(nextLook(facts(status, extra), NOW)).toEqual(expected && at(expected));
  });
});
