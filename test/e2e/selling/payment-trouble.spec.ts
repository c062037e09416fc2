import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { happens } from '../../support/sandbox-sales.js';

const SECOND_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;
const GRACE_DAYS_OF_PRO = 7;

// One story: time only goes forward, so each step starts where the one before it ended.
describe.each(['polar', 'stripe'] as const)('a renewal that %s cannot collect', (provider) => {
  let test: TestApp;
  let person: Person;
  let graceEnd: Date;

  beforeAll(async () => {
    test = await createTestApp({ provider });
    person = await register(test);
    await buy(test, person, { plan: 'pro', interval: 'month' });
  });
  afterAll(() => test.close());

  const field = async (name: string): Promise<unknown> => (await subscriptionOf(person))[name];
  const check = async (): Promise<unknown> =>
    (await person.call.post('/v1/check', { feature: 'export' })).expect(200).body;

  it('SB-22 SB-47 GO-38 C2 is past due with the failed charge, and grace begins', async () => {
    const { currentPeriodEnd, providerCustomerId } = await subscriptionOf(person);
    const renewal = new Date(String(currentPeriodEnd));
    expect(await check()).not.toHaveProperty('inGrace');
    const card = `/_control/customers/${String(providerCustomerId)}`;
    (await test.sandbox.control.post(`${card}/fail-payments`, {})).expect(200);
    await test.moveClock(new Date(renewal.getTime() + SECOND_MS));
    await settled(test, async () => (await field('status')) === 'past_due');
    const { plan, pastDueSince, graceUntil } = await subscriptionOf(person);
    expect(plan).toBe('pro');
    const since = new Date(String(pastDueSince)).getTime();
    expect(Math.abs(since - renewal.getTime())).toBeLessThanOrEqual(SECOND_MS);
    graceEnd = new Date(String(graceUntil));
    expect(graceEnd.getTime() - since).toBe(GRACE_DAYS_OF_PRO * DAY_MS);
  });

  it('SB-48 is allowed in grace to its last second, and lapsed with its end', async () => {
    expect(await check()).toMatchObject({ allowed: true, plan: 'pro', inGrace: true });
    await test.moveClock(new Date(graceEnd.getTime() - SECOND_MS));
    expect(await check()).toMatchObject({ allowed: true, plan: 'pro', inGrace: true });
    await test.moveClock(graceEnd);
    expect(await check()).toMatchObject({
      allowed: false,
      reason: 'subscription_lapsed',
      lapsed: 'payment_past_due',
    });
    expect((await person.call.post('/v1/export')).status).toBe(403);
  });

  it('SB-23 GO-37 SB-48 is restored at once by the recovery, without grace', async () => {
    await happens(test, String(await field('providerSubscriptionId')), 'recover');
    await settled(test, async () => (await field('status')) === 'active');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', pastDueSince: null, graceUntil: null });
    const now = await check();
    expect(now).toMatchObject({ allowed: true, plan: 'pro' });
    expect(now).not.toHaveProperty('inGrace');
  });
});

describe.each(['polar', 'stripe'] as const)(
  'a renewal that %s could not collect, heard of late',
  (provider) => {
    let test: TestApp;

    beforeAll(async () => {
      test = await createTestApp({ provider });
    });
    afterAll(() => test.close());

    it('has its grace counted from the first failure, not from when it was heard of or tried again', async () => {
      const person = await register(test);
      await buy(test, person, { plan: 'pro', interval: 'month' });
      const { currentPeriodEnd, providerCustomerId } = await subscriptionOf(person);
      const renewal = new Date(String(currentPeriodEnd)).getTime();
      const card = `/_control/customers/${String(providerCustomerId)}`;
      (await test.sandbox.control.post(`${card}/fail-payments`, {})).expect(200);
      await test.moveClock(new Date(renewal + 10 * DAY_MS));
      await settled(test, async () => (await subscriptionOf(person))['status'] === 'past_due');
      const { pastDueSince, graceUntil } = await subscriptionOf(person);
      const since = new Date(String(pastDueSince)).getTime();
      expect(Math.abs(since - renewal)).toBeLessThanOrEqual(SECOND_MS);
      expect(new Date(String(graceUntil)).getTime()).toBe(since + GRACE_DAYS_OF_PRO * DAY_MS);
      const answer = await person.call.post('/v1/check', { feature: 'export' });
      expect(answer.body).toMatchObject({ allowed: false, lapsed: 'payment_past_due' });
    });
  },
);
