import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf, wishDone } from '../../support/people.js';
import { moveTo } from '../../support/sandbox-events.js';
import { paidFor, providerApi, subscriptionsAt } from '../../support/sandbox-sales.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const DAY_MS = 24 * 60 * 60 * 1_000;
const PRICE = 9_900;

// One story for each, since time only goes forward.
describe.each(['polar', 'stripe'] as const)('what a pause costs at %s', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());

  const field = async (name: string): Promise<unknown> => (await subscriptionOf(person))[name];
  const instant = async (name: string): Promise<number> => new Date(String(await field(name))).getTime();
  const paid = async (): Promise<number> => paidFor(test, String(await field('providerSubscriptionId')));
  const setSeatsThere = async (id: string, seats: number): Promise<void> => {
    if (provider === 'polar') {
      const body = { seats, proration_behavior: 'prorate' };
      const path = `${test.sandbox.url}/polar/v1/subscriptions/${id}`;
      (await providerApi(test, 'polar').patch(path, body)).expect(200);
      return;
    }
    const { items } = (await subscriptionsAt(test))[id] as { items: { data: { id: string }[] } };
    const form = new URLSearchParams({
      'items[0][id]': items.data[0]?.id ?? '',
      'items[0][quantity]': String(seats),
    });
    const path = `${test.sandbox.url}/v1/subscriptions/${id}`;
    (await providerApi(test, 'stripe').send('POST', path, form.toString())).expect(200);
  };

  it('is nothing while the period that was paid for runs; it goes on as it was, and is renewed once', async () => {
    person = await register(test);
    await buy(test, person, PRO);
    const [begin, end] = [await instant('currentPeriodStart'), await instant('currentPeriodEnd')];
    await moveTo(test, begin + 3 * DAY_MS);
    await wishDone(test, person, 'pause');
    await moveTo(test, begin + 5 * DAY_MS);
    await wishDone(test, person, 'resume');
    expect(await subscriptionOf(person)).toMatchObject({ status: 'active', pause: null });
    expect([await instant('currentPeriodStart'), await instant('currentPeriodEnd')]).toEqual([begin, end]);
    expect(await paid()).toBe(PRICE);
    await moveTo(test, end + 61_000);
    expect(await instant('currentPeriodStart')).toBe(end);
    expect(await paid()).toBe(2 * PRICE);
  });

  it('is a new period from the day on which it ends, once that lies after the one that was paid for', async () => {
    const end = await instant('currentPeriodEnd');
    await wishDone(test, person, 'pause');
    await moveTo(test, end + 10 * DAY_MS);
    expect(await field('status')).toBe('paused');
    expect(await paid()).toBe(2 * PRICE);
    await wishDone(test, person, 'resume');
    await settled(test, async () => (await field('status')) === 'active');
    expect(await instant('currentPeriodStart')).toBe(end + 10 * DAY_MS);
    expect(await paid()).toBe(3 * PRICE);
    const next = await instant('currentPeriodEnd');
    await moveTo(test, next - 1_000);
    expect(await paid()).toBe(3 * PRICE);
    await moveTo(test, next + 1_000);
    expect(await paid()).toBe(4 * PRICE);
  });

  it('does not lose what an upgrade before it left for the next invoice', async () => {
    person = await register(test);
    await buy(test, person, { plan: 'team', interval: 'month', seats: 2 });
    const [begin, end] = [await instant('currentPeriodStart'), await instant('currentPeriodEnd')];
    const half = begin + (end - begin) / 2;
    await moveTo(test, half);
    // Made at the provider, since after one that we made a pause is refused.
    await setSeatsThere(String(await field('providerSubscriptionId')), 4);
    await settled(test, async () => (await field('seats')) === 4);
    await wishDone(test, person, 'pause');
    await moveTo(test, end + 10 * DAY_MS);
    await wishDone(test, person, 'resume');
    // Two seats for the whole period, two more for half of it, four for the new one.
    expect(await paid()).toBe(6_000 + 3_000 + 12_000);
  });
});
