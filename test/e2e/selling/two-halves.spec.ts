import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { workedOff } from '../../support/sandbox-events.js';
import { paidFor, requestsTo, subscriptionsAt } from '../../support/sandbox-sales.js';

const MINUTE_MS = 60_000;

// Polar takes product and seats in two calls. Here Polar holds the subscription for a moment before the second one.
describe('a change of plan and seats at polar, cut in two by a failure', () => {
  let test: TestApp;
  let person: Person;
  let id: string;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'polar' });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await register(test);
    await buy(test, person, { plan: 'team', interval: 'month', seats: 6 });
    id = String((await subscriptionOf(person))['providerSubscriptionId']);
  });

  /** The update after so many more is the one that Polar does not take yet. */
  const lockAfter = async (skip: number): Promise<void> => {
    await test.sandbox.control.delete('/_control/requests');
    const body = { error: 'SubscriptionLocked', detail: 'Try again later.' };
    const fault = {
      provider: 'polar',
      method: 'PATCH',
      path: '/v1/subscriptions/*',
      mode: 'status',
      status: 409,
      body,
    };
    (await test.sandbox.control.post('/_control/faults', { ...fault, skip })).expect(201);
  };

  const refusedPatches = async (): Promise<number> =>
    (await requestsTo(test)).filter(({ method, status }) => method === 'PATCH' && status === 409).length;

  it.each([
    ['fewer seats', 3, 6_000 * 3, { seats: 3 }],
    ['more seats', 8, 6_000 * 8, { seats: 6 }],
  ])(
    'for %s never stands at more than was asked for, and is finished by a retry',
    async (_, seats, amount, half) => {
      await lockAfter(1);
      (
        await person.call.post('/v1/subscription/change', { plan: 'enterprise', interval: 'month', seats })
      ).expect(202);
      await eventually(async () => (await refusedPatches()) === 1);
      const between = (await subscriptionsAt(test))[id];
      expect(between).toMatchObject(half);
      expect(Number(between?.['amount'])).toBeLessThanOrEqual(amount);
      expect(await paidFor(test, id)).toBe(18_000);
      await test.moveClock(new Date(Date.parse(String(between?.['current_period_start'])) + 30 * MINUTE_MS));
      await settled(test, async () => (await subscriptionOf(person))['plan'] === 'enterprise');
      await workedOff(test);
      expect(await subscriptionOf(person)).toMatchObject({
        plan: 'enterprise',
        seats,
        amount: String(amount),
      });
    },
  );

  it('has dropped the pending change before anything else, and is finished by a retry', async () => {
    const wish = { plan: 'team', interval: 'month' };
    (await person.call.post('/v1/subscription/change', { ...wish, seats: 2 })).expect(202);
    await settled(test, async () => (await subscriptionOf(person))['pendingChange'] !== null);
    await lockAfter(1);
    (await person.call.post('/v1/subscription/change', { ...wish, seats: 8 })).expect(202);
    await eventually(async () => (await refusedPatches()) === 1);
    const between = (await subscriptionsAt(test))[id];
    expect(between).toMatchObject({ seats: 6, pending_update: null });
    await test.moveClock(new Date(Date.parse(String(between?.['current_period_start'])) + 30 * MINUTE_MS));
    await settled(test, async () => (await subscriptionOf(person))['seats'] === 8);
    await workedOff(test);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'team', seats: 8, pendingChange: null });
  });
});
