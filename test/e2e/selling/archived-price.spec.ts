import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ProviderRefusedError, ProviderRegistry } from '@tollgate/billing';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { workedOff } from '../../support/sandbox-events.js';
import { subscriptionsAt } from '../../support/sandbox-sales.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const TEAM = { plan: 'team', interval: 'month', seats: 4 } as const;

const archive = async (test: TestApp, archived: boolean, product = 'pro_monthly'): Promise<void> => {
  (await test.sandbox.control.patch(`/_control/products/${product}`, { archived })).expect(200);
};
const alertsOf = (test: TestApp): Promise<unknown[]> =>
  test.database.query(
    `select subject, details, resolved_at is null as open from billing_alert where kind = 'price_not_on_sale'`,
  );
const REFUSAL = { error: 'price_not_on_sale', details: { plan: 'pro', interval: 'month' } };

describe.each(['polar', 'stripe'] as const)('a plan whose price was archived at %s', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
    person = await register(test);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => test.close());

  const pages = (): Promise<unknown[]> =>
    test.database.query('select plan, state, url from checkout order by created_at');

  it('is refused with a code of its own and one alert, and the page that was open can still be paid', async () => {
    const { url } = (await person.call.post('/v1/checkout', TEAM)).expect(201).body;
    const before = await pages();
    await archive(test, true);
    for (const buyer of [person, person, await register(test)])
      expect((await buyer.call.post('/v1/checkout', PRO)).expect(409).body).toMatchObject(REFUSAL);
    expect(await pages()).toEqual(before);
    const alert = {
      subject: `${provider}:pro:month`,
      details: { provider, plan: 'pro', interval: 'month', priceRef: expect.any(String) },
    };
    expect(await alertsOf(test)).toEqual([{ ...alert, open: true }]);
    expect((await person.call.post('/v1/checkout', TEAM)).expect(201).body['url']).toBe(url);
    (await test.sandbox.pay(String(url))).expect(303);
  });

  it('is sold again once its price is, and the alert is gone', async () => {
    await archive(test, false);
    const buyer = await register(test);
    (await buyer.call.post('/v1/checkout', PRO)).expect(201);
    expect(await alertsOf(test)).toMatchObject([{ open: false }]);
  });

  it('is told from any other refusal, which stays what it is', async () => {
    const adapter = test.app.get(ProviderRegistry).get(provider);
    jest.spyOn(adapter, 'createCheckout').mockRejectedValue(new ProviderRefusedError(provider, 'invalid'));
    const buyer = await register(test);
    expect((await buyer.call.post('/v1/checkout', PRO)).expect(409).body['error']).toBe('provider_refused');
    jest.spyOn(adapter, 'listPrices').mockRejectedValue(new Error('no answer'));
    expect((await buyer.call.post('/v1/checkout', PRO)).expect(409).body['error']).toBe('provider_refused');
    expect(await alertsOf(test)).toMatchObject([{ open: false }]);
  });
});

describe('a subscription without a page whose price was archived', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'stripe', environment: { STRIPE_MANAGED_PAYMENTS: 'false' } });
  });
  afterAll(() => test.close());

  it('is refused the same way, and nothing is made', async () => {
    await archive(test, true);
    const person = await register(test);
    expect((await person.call.post('/v1/subscription', PRO)).expect(409).body).toMatchObject(REFUSAL);
    expect(await subscriptionsAt(test)).toEqual({});
    expect(await alertsOf(test)).toMatchObject([{ open: true }]);
  });
});

describe.each(['polar', 'stripe'] as const)('a change to a price that was archived at %s', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
    person = await register(test);
    await buy(test, person, { ...TEAM, plan: 'enterprise' });
    await workedOff(test);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => test.close());

  const change = (wish: object) => person.call.post('/v1/subscription/change', wish);
  const preview = (wish: object) => person.call.post('/v1/subscription/change/preview', wish);
  const wishes = (): Promise<unknown[]> =>
    test.database.query('select id from provider_command union all select id from plan_change');

  it.each([
    ['now', { ...TEAM, plan: 'enterprise', interval: 'year' }, 'enterprise_yearly'],
    ['at the end of the period', TEAM, 'team_monthly'],
  ])('is refused at once, and its preview, when it is to be made %s', async (_when, wish, product) => {
    await archive(test, true, product);
    const { plan, interval } = wish;
    const refusal = { error: 'price_not_on_sale', details: { plan, interval } };
    expect((await preview(wish)).expect(409).body).toMatchObject(refusal);
    expect((await change(wish)).expect(409).body).toMatchObject(refusal);
    expect(await wishes()).toEqual([]);
    const [alert] = (await alertsOf(test)).slice(-1);
    expect(alert).toMatchObject({ subject: `${provider}:${plan}:${interval}`, open: true });
  });

  it('is told from what is wrong with the wish itself, which is said first', async () => {
    expect((await change({ ...TEAM, ifPlan: 'pro' })).expect(409).body['error']).toBe('subscription_changed');
  });

  it('is not what more seats of the plan that is held are: they keep its price', async () => {
    await archive(test, true, 'enterprise_monthly');
    const wish = { ...TEAM, plan: 'enterprise', seats: 5 };
    (await preview(wish)).expect(200);
    (await change(wish)).expect(202);
    await settled(test, async () => (await subscriptionOf(person))['seats'] === 5);
    await workedOff(test);
  });

  it('is taken on while the provider does not say what it sells, and the alert goes once it does', async () => {
    const isOpen = async (): Promise<unknown> => {
      const alerts = (await alertsOf(test)) as { subject: string; open: boolean }[];
      return alerts.find(({ subject }) => subject === `${provider}:team:month`)?.open;
    };
    await archive(test, false, 'team_monthly');
    const adapter = test.app.get(ProviderRegistry).get(provider);
    const asked = jest.spyOn(adapter, 'listPrices').mockRejectedValue(new Error('no answer'));
    (await change(TEAM)).expect(202);
    await workedOff(test);
    expect(await isOpen()).toBe(true);
    asked.mockRestore();
    (await change({ ...TEAM, seats: 3 })).expect(202);
    expect(await isOpen()).toBe(false);
    await workedOff(test);
  });
});
