import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { holdEvents, moveTo } from '../../support/sandbox-events.js';
import { happens, paidFor, subscriptionsAt } from '../../support/sandbox-sales.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const WISHES = [
  { plan: 'pro', interval: 'month' },
  { plan: 'pro', interval: 'year' },
  { plan: 'team', interval: 'month', seats: 5 },
  { plan: 'enterprise', interval: 'year', seats: 900 },
] as const;

describe('a trial that begins without a page, while no webhook comes', () => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    const environment = { BILLING_TRIAL_DAYS: '14', STRIPE_MANAGED_PAYMENTS: 'false' };
    test = await createTestApp({ provider: 'stripe', environment });
    await holdEvents(test);
    person = await register(test);
  });
  afterAll(() => test.close());

  it('SB-17 SB-18 is one for an owner, however many are wished for, and nothing is written of it', async () => {
    const answers = await Promise.all(WISHES.map((wish) => person.call.post('/v1/subscription', wish)));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(WISHES.length - 1);
    const created = WISHES.find((_wish, place) => answers[place]?.status === 201);
    for (const answer of refused)
      expect(answer.expect(409).body).toMatchObject({
        error: 'subscription_exists',
        details: { plan: created?.plan },
      });
    expect(Object.keys(await subscriptionsAt(test))).toHaveLength(1);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', trialUsedAt: null });
  });
});

describe('the end of a trial that began without a page', () => {
  let test: TestApp;

  beforeAll(async () => {
    const environment = { BILLING_TRIAL_DAYS: '14', STRIPE_MANAGED_PAYMENTS: 'false' };
    test = await createTestApp({ provider: 'stripe', environment });
  });
  afterAll(() => test.close());

  const begin = async (): Promise<Person & { subscriptionId: string; trialEnd: Date }> => {
    const person = await register(test);
    (await person.call.post('/v1/subscription', PRO)).expect(201);
    await settled(test, async () => (await subscriptionOf(person))['status'] === 'trialing');
    const { providerSubscriptionId, trialEnd } = await subscriptionOf(person);
    return {
      ...person,
      subscriptionId: String(providerSubscriptionId),
      trialEnd: new Date(String(trialEnd)),
    };
  };
  const check = async ({ call }: Person): Promise<unknown> =>
    (await call.post('/v1/check', { feature: 'export' })).expect(200).body;

  it('C13 is the end of access to the second where nobody left a card; nothing is owed, and no second trial comes', async () => {
    const [bare, paying] = [await begin(), await begin()];
    await happens(test, paying.subscriptionId, 'recover');
    await test.moveClock(new Date(bare.trialEnd.getTime() - 1_000));
    expect(await check(bare)).toMatchObject({ allowed: true, plan: 'pro' });
    await moveTo(test, paying.trialEnd.getTime() + 61_000);
    expect(await check(bare)).toMatchObject({
      allowed: false,
      plan: 'free',
      reason: 'subscription_lapsed',
      lapsed: 'trial_ended',
    });
    expect((await subscriptionsAt(test))[bare.subscriptionId]).toMatchObject({ status: 'canceled' });
    expect(await subscriptionOf(bare)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    expect(await paidFor(test, bare.subscriptionId)).toBe(0);
    // Whoever left one is charged, and goes on.
    expect(await subscriptionOf(paying)).toMatchObject({ plan: 'pro', status: 'active' });
    expect(await check(paying)).toMatchObject({ allowed: true, plan: 'pro' });
    expect(await paidFor(test, paying.subscriptionId)).toBe(9_900);

    const { body } = (await bare.call.post('/v1/subscription', PRO)).expect(201);
    expect((await subscriptionsAt(test))[String(body['subscriptionId'])]).toMatchObject({
      status: 'incomplete',
      trial_end: null,
    });
  });
});
