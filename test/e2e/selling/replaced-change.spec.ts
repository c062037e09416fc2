import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { moveTo, workedOff } from '../../support/sandbox-events.js';
import { paidFor } from '../../support/sandbox-sales.js';

const ENTERPRISE = { plan: 'enterprise', interval: 'month' } as const;
const TEAM = { plan: 'team', interval: 'month' } as const;
const SECOND_MS = 1_000;

// Who keeps a pending change differs by provider; what becomes of it under another wish does not.
describe.each(['polar', 'stripe'] as const)('a change of mind about a pending change at %s', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());

  const now = () => subscriptionOf(person);
  const idOf = async (): Promise<string> => String((await now())['providerSubscriptionId']);
  const change = async (wish: object): Promise<Record<string, unknown>> =>
    (await person.call.post('/v1/subscription/change', wish)).expect(202).body;
  /** Five seats of Enterprise, of which two of Team are to be left. */
  const withDowngrade = async (): Promise<void> => {
    person = await register(test);
    await buy(test, person, { ...ENTERPRISE, seats: 5 });
    expect(await change({ ...TEAM, seats: 2 })).toMatchObject({ when: 'period_end', dropsPending: null });
    await settled(test, async () => (await now())['pendingChange'] !== null);
  };
  const renew = async (): Promise<void> => {
    const end = new Date(String((await now())['currentPeriodEnd']));
    await moveTo(test, end.getTime() + 61 * SECOND_MS);
  };
  const dropped = { plan: 'team', interval: 'month', seats: 2 };

  it('more seats now replace it: told before and with the answer, and the renewal is what was wished last', async () => {
    await withDowngrade();
    const wish = { ...ENTERPRISE, seats: 6 };
    const preview = (await person.call.post('/v1/subscription/change/preview', wish)).expect(200).body;
    expect(preview).toMatchObject({ when: 'now', dropsPending: dropped });
    expect(await now()).toMatchObject({ pendingChange: dropped });

    expect(await change(wish)).toMatchObject({ when: 'now', dropsPending: dropped });
    await settled(test, async () => (await now())['seats'] === 6);
    await workedOff(test);
    expect(await now()).toMatchObject({ plan: 'enterprise', amount: '36000', pendingChange: null });
    await renew();
    expect(await now()).toMatchObject({ plan: 'enterprise', seats: 6, amount: '36000' });
    const { nextAmount } = preview['cost'] as { nextAmount: { amount: string } };
    expect(nextAmount.amount).toBe('42000');
    expect(await paidFor(test, await idOf())).toBe(30_000 + 42_000);
  });

  it('asking for what is held names it, and how to take it back', async () => {
    await withDowngrade();
    const { body } = await person.call.post('/v1/subscription/change', { ...ENTERPRISE, seats: 5 });
    expect(body).toMatchObject({
      error: 'plan_unchanged',
      details: { pendingChange: dropped, takeBack: 'DELETE /v1/subscription/change' },
    });
    expect(await now()).toMatchObject({ pendingChange: dropped });
  });

  it('counts no seats where the plan to come has none', async () => {
    person = await register(test);
    await buy(test, person, { plan: 'pro', interval: 'year' });
    await change({ plan: 'pro', interval: 'month' });
    await settled(test, async () => (await now())['pendingChange'] !== null);
    expect(await now()).toMatchObject({ pendingChange: { plan: 'pro', interval: 'month', seats: null } });
  });

  it('a year now replaces it too, plan and seats as wished', async () => {
    await withDowngrade();
    const wish = { ...ENTERPRISE, interval: 'year', seats: 5 };
    expect(await change(wish)).toMatchObject({ when: 'now', dropsPending: dropped });
    await settled(test, async () => (await now())['interval'] === 'year');
    await workedOff(test);
    expect(await now()).toMatchObject({ plan: 'enterprise', seats: 5, pendingChange: null });
  });

  it.each([
    ['fewer seats of the plan that is held', { ...ENTERPRISE, seats: 3 }, 18_000],
    ['other seats of the plan that was pending', { ...TEAM, seats: 4 }, 12_000],
  ])('%s at the end of the period replace it, and are what is renewed', async (_, wish, amount) => {
    await withDowngrade();
    expect(await change(wish)).toMatchObject({ when: 'period_end', dropsPending: dropped });
    await settled(test, async () => {
      const pending = (await now())['pendingChange'] as { seats: number } | null;
      return pending?.seats === wish.seats;
    });
    await workedOff(test);
    expect(await now()).toMatchObject({ plan: 'enterprise', seats: 5, pendingChange: wish });
    await renew();
    expect(await now()).toMatchObject({ ...wish, amount: String(amount), pendingChange: null });
    expect(await paidFor(test, await idOf())).toBe(30_000 + amount);
  });
});
