import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type ProviderSubscription, ProviderRegistry } from '@tollgate/billing';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { holdEvents } from '../../support/sandbox-events.js';
import { happens, subscriptionsAt } from '../../support/sandbox-sales.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const TEAM = { plan: 'team', interval: 'month', seats: 4 } as const;
const WISHES = [PRO, TEAM, { ...TEAM, seats: 7 }, { plan: 'pro', interval: 'year' }] as const;

describe('subscriptions without a page that wait for their first payment', () => {
  let test: TestApp;
  let person: Person;
  let before: ReadonlySet<string>;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'stripe', environment: { STRIPE_MANAGED_PAYMENTS: 'false' } });
    await holdEvents(test);
  });
  beforeEach(async () => {
    before = new Set(Object.keys(await subscriptionsAt(test)));
    person = await register(test);
  });
  afterAll(() => test.close());

  const wish = async (form: (typeof WISHES)[number]): Promise<string> =>
    String((await person.call.post('/v1/subscription', form)).expect(201).body['subscriptionId']);
  const statuses = async (): Promise<Record<string, unknown>> =>
    Object.fromEntries(
      Object.entries(await subscriptionsAt(test)).flatMap(([id, { status }]) =>
        before.has(id) ? [] : [[id, status]],
      ),
    );

  it('C13 are one at a time: another wish ends the older one, the same wish is the same one', async () => {
    const first = await wish(PRO);
    const second = await wish(TEAM);
    expect(await statuses()).toEqual({ [first]: 'canceled', [second]: 'incomplete' });
    expect(await wish(TEAM)).toBe(second);
    const third = await wish(PRO);
    expect(await wish(PRO)).toBe(third);
    expect(await statuses()).toEqual({ [first]: 'canceled', [second]: 'canceled', [third]: 'incomplete' });
  });

  it('C13 are one, however many are wished for at the same time', async () => {
    const answers = await Promise.all(WISHES.map((form) => person.call.post('/v1/subscription', form)));
    // Who waits too long for the others is told to try again.
    expect(answers.every(({ status }) => status === 201 || status === 503)).toBe(true);
    const waiting = Object.entries(await statuses()).filter(([, status]) => status === 'incomplete');
    expect(waiting).toHaveLength(1);
    expect(answers.map(({ body }) => body['subscriptionId'])).toContain(waiting[0]?.[0]);
  });

  it('C13 are never ended once paid, even where the list says otherwise', async () => {
    const paid = await wish(PRO);
    const adapter = test.app.get(ProviderRegistry).get('stripe');
    const stale = await adapter.fetchSubscription(paid);
    await happens(test, paid, 'recover');
    const listing = jest.spyOn(adapter, 'listSubscriptions').mockImplementation(async function* () {
      if (stale !== null) yield stale satisfies ProviderSubscription;
    });
    expect((await person.call.post('/v1/subscription', TEAM)).expect(409).body).toMatchObject({
      error: 'subscription_exists',
      details: { plan: 'pro' },
    });
    listing.mockRestore();
    (await person.call.post('/v1/subscription', TEAM)).expect(409);
    (await person.call.post('/v1/checkout', TEAM)).expect(409);
    expect(await statuses()).toEqual({ [paid]: 'active' });
    expect(await test.database.query(`select 1 from checkout where state = 'open'`)).toEqual([]);
  });

  it('C13 close the page that is open, and end when a page is opened', async () => {
    const page = (await person.call.post('/v1/checkout', TEAM)).expect(201).body;
    const waiting = await wish(PRO);
    const [row] = await test.database.query<{ state: string }[]>('select state from checkout where id = $1', [
      page['id'],
    ]);
    expect(row).toEqual({ state: 'superseded' });
    expect((await test.sandbox.pay(String(page['url']))).status).toBeGreaterThanOrEqual(400);
    (await person.call.post('/v1/checkout', TEAM)).expect(201);
    expect(await statuses()).toEqual({ [waiting]: 'canceled' });
  });
});
