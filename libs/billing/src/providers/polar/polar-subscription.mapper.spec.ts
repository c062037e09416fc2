import { describe, expect, it } from '@jest/globals';
import { fixture } from '../../../../../test/fixtures/providers/read-fixture.js';
import { toPolarSubscription } from './polar-subscription.mapper.js';

const PRESENT = 'polar/subscription-2026-10';
const SEATS = 'polar/subscription-2027-01-seats';
const LEGACY = 'polar/subscription-2025-legacy';

describe('a Polar subscription', () => {
  it('is read from the present shape', () => {
    expect(toPolarSubscription(fixture(PRESENT))).toEqual({
      provider: 'polar',
      id: '22222222-2222-4222-8222-222222222222',
      customerId: '33333333-3333-4333-8333-333333333333',
      ownerRef: 'owner-1',
      checkoutId: 'our-checkout',
      status: 'active',
      rawStatus: 'active',
      slugs: ['Pro'],
      unitPrice: { amount: 9_900n, currency: 'usd' },
      priceRef: '11111111-1111-4111-8111-111111111111',
      productId: '11111111-1111-4111-8111-111111111111',
      priceId: '66666666-6666-4666-8666-666666666666',
      productMetadata: { plan: 'pro', billing_period: 'monthly' },
      currentPeriodStart: new Date('2026-10-31T08:15:30.123Z'),
      currentPeriodEnd: new Date('2026-11-30T08:15:30.123Z'),
      trialEnd: null,
      cancelAt: null,
      canceledAt: null,
      endedAt: null,
      pastDueSince: null,
      startedAt: new Date('2026-10-31T08:15:30.123Z'),
      billingAnchor: null,
      pausesAt: null,
      pausedAt: null,
      resumesAt: null,
      seats: 1,
      price: { amount: 9900n, currency: 'usd' },
      interval: 'month',
      pendingChange: null,
      problem: null,
      modifiedAt: new Date('2026-11-20T10:00:00.654Z'),
      livemode: null,
    });
  });

  it('keeps its seats, the charged amount and the scheduled cancel, and passes over fields of next year', () => {
    expect(toPolarSubscription(fixture(SEATS))).toMatchObject({
      seats: 5,
      price: { amount: 150_000n, currency: 'usd' },
      interval: 'year',
      status: 'active',
      cancelAt: new Date('2027-10-31T08:15:30Z'),
      priceId: '77777777-7777-4777-8777-777777777777',
    });
  });

  it('is read from the older shape: one price, interval on the price, naive times as UTC, British spelling', () => {
    expect(toPolarSubscription(fixture(LEGACY))).toMatchObject({
      customerId: '33333333-3333-4333-8333-333333333333',
      ownerRef: null,
      status: 'canceled',
      rawStatus: 'cancelled',
      productId: '11111111-1111-4111-8111-111111111111',
      priceId: '88888888-8888-4888-8888-888888888888',
      price: { amount: 9900n, currency: 'usd' },
      interval: 'month',
      currentPeriodEnd: new Date('2025-03-01T00:00:00Z'),
      endedAt: new Date('2025-02-10T00:00:00Z'),
      modifiedAt: new Date('2025-02-01T00:00:00Z'),
    });
  });

  it.each([
    [
      'ends with the period when Polar leaves `ends_at` out',
      { cancel_at_period_end: true },
      '2026-11-30T08:15:30.123Z',
    ],
    ['has no scheduled cancel when only `ends_at` is set', { ends_at: '2026-12-01T00:00:00Z' }, null],
  ])('%s', (_name, changes, expected) => {
    expect(toPolarSubscription(fixture(PRESENT, changes))?.cancelAt?.toISOString() ?? null).toBe(expected);
  });

  it('tells since when the payment is due', () => {
    const due = toPolarSubscription(
      fixture(PRESENT, { status: 'past_due', past_due_at: '2026-11-01T00:00:00Z' }),
    );
    expect(due).toMatchObject({ status: 'past_due', pastDueSince: new Date('2026-11-01T00:00:00Z') });
  });

  it('keeps an unknown status as a word and says null', () => {
    expect(toPolarSubscription(fixture(PRESENT, { status: 'hibernating' }))).toMatchObject({
      status: null,
      rawStatus: 'hibernating',
    });
  });

  it.each([['id'], ['status'], ['customer_id']])('is null without %s', (key) => {
    expect(toPolarSubscription(fixture(PRESENT, { [key]: undefined, customer: undefined }))).toBeNull();
  });

  it.each([[null], ['<html>'], [[]], [{}], [42]])('is null for the answer %j', (answer) => {
    expect(toPolarSubscription(answer)).toBeNull();
  });

  it('survives wrong kinds of values in every optional field', () => {
    const wrong = {
      amount: 9.5,
      currency: 7,
      seats: -1,
      prices: 'none',
      product: [],
      metadata: null,
      trial_end: 'soon',
    };
    expect(toPolarSubscription(fixture(PRESENT, { ...wrong, current_period_end: 0 }))).toMatchObject({
      price: null,
      seats: 1,
      priceId: null,
      productMetadata: {},
      trialEnd: null,
      currentPeriodEnd: null,
    });
  });
});

describe('what Polar tells beyond the plain subscription', () => {
  it('is a change that waits for the period to end', () => {
    const pending_update = { applies_at: '2026-11-30T08:15:30Z', product_id: 'p2', seats: 7, units: null };
    expect(toPolarSubscription(fixture(PRESENT, { pending_update }))?.pendingChange).toEqual({
      priceRef: 'p2',
      seats: 7,
      appliesAt: new Date('2026-11-30T08:15:30Z'),
    });
    const units = { applies_at: '2026-11-30T08:15:30Z', product_id: null, seats: null, units: 3 };
    expect(toPolarSubscription(fixture(PRESENT, { pending_update: units }))?.pendingChange).toBeNull();
  });

  it('is a pause that is to begin with the end of the period', () => {
    const scheduled = toPolarSubscription(fixture(PRESENT, { pause_at_period_end: true }));
    expect(scheduled?.pausesAt).toEqual(scheduled?.currentPeriodEnd);
    expect(scheduled).toMatchObject({ status: 'active', pausedAt: null });
    expect(toPolarSubscription(fixture(PRESENT, { pause_at_period_end: false }))?.pausesAt).toBeNull();
  });

  it('is a pause and its end', () => {
    const paused = {
      status: 'paused',
      paused_at: '2026-11-01T00:00:00Z',
      resumes_at: '2026-12-01T00:00:00Z',
    };
    expect(toPolarSubscription(fixture(PRESENT, paused))).toMatchObject({
      status: 'paused',
      pausedAt: new Date('2026-11-01T00:00:00Z'),
      resumesAt: new Date('2026-12-01T00:00:00Z'),
    });
  });

  it.each([
    [{ seats: 1_000_000 }, null],
    [{ seats: 1_000_001 }, 'seats_out_of_range'],
    [{ seats: -1 }, 'seats_out_of_range'],
    [{ seats: 2.5 }, 'seats_out_of_range'],
    [{ seats: '3' }, 'seats_out_of_range'],
    [{ seats: null }, null],
    [{ amount: 2 ** 53 - 1 }, null],
    [{ amount: 2 ** 53 }, 'amount_out_of_range'],
    [{ amount: 99.5 }, 'amount_out_of_range'],
    [{ amount: -1 }, 'amount_out_of_range'],
  ])('%j has the problem %j, which is told and not guessed away', (changes, problem) => {
    expect(toPolarSubscription(fixture(PRESENT, changes))?.problem).toBe(problem);
  });
});
