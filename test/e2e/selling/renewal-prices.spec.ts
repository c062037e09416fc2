import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { moveTo } from '../../support/sandbox-events.js';
import { paidFor } from '../../support/sandbox-sales.js';

const SECOND_MS = 1_000;

describe.each(['polar', 'stripe'] as const)('a renewal at %s with a downgrade pending', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());

  const field = async (name: string): Promise<unknown> => (await subscriptionOf(person))[name];
  const instant = async (name: string): Promise<number> => new Date(String(await field(name))).getTime();
  const paid = async (id: string): Promise<number> => paidFor(test, id);
  const begin = async (wish: {
    plan: string;
    interval: 'month' | 'year';
    seats?: number;
  }): Promise<string> => {
    person = await register(test);
    await buy(test, person, wish);
    return String(await field('providerSubscriptionId'));
  };
  const downgrade = async (wish: object): Promise<void> => {
    const { body } = (await person.call.post('/v1/subscription/change', wish)).expect(202);
    expect(body['when']).toBe('period_end');
    await settled(test, async () => (await field('pendingChange')) !== null);
  };

  it('is charged at the new price, also when the clock jumps from long before it to long after', async () => {
    const id = await begin({ plan: 'enterprise', interval: 'month', seats: 2 });
    const end = await instant('currentPeriodEnd');
    await downgrade({ plan: 'team', interval: 'month', seats: 2 });
    await moveTo(test, end + 61 * SECOND_MS);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'team', pendingChange: null });
    expect(await paid(id)).toBe(12_000 + 6_000);
  });

  it('is charged at the new price when the downgrade is asked for shortly before it', async () => {
    const id = await begin({ plan: 'enterprise', interval: 'month', seats: 2 });
    const end = await instant('currentPeriodEnd');
    await moveTo(test, end - 10 * 60 * SECOND_MS);
    await downgrade({ plan: 'team', interval: 'month', seats: 2 });
    await moveTo(test, end + 61 * SECOND_MS);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'team', pendingChange: null });
    expect(await paid(id)).toBe(12_000 + 6_000);
  });

  it('of a year is charged for a month when that is what was asked for, and never for another year', async () => {
    const id = await begin({ plan: 'pro', interval: 'year' });
    const end = await instant('currentPeriodEnd');
    await downgrade({ plan: 'pro', interval: 'month' });
    await moveTo(test, end + 61 * SECOND_MS);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', interval: 'month', amount: '9900' });
    const first = (await paid(id)) - 99_900;
    // What is left of the year when the change is sent, an hour at most, is given back.
    expect(first).toBeLessThanOrEqual(9_900);
    expect(first).toBeGreaterThan(9_900 - 20);
    const next = await instant('currentPeriodEnd');
    await moveTo(test, next + 61 * SECOND_MS);
    expect(await paid(id)).toBe(99_900 + first + 9_900);
  });
});
