import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { moveTo, workedOff } from '../../support/sandbox-events.js';
import { paidFor, subscriptionsAt } from '../../support/sandbox-sales.js';
import { staffMember } from '../../support/staff.js';
import { ownerIdOf } from '../../support/tenants.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const DAY_MS = 24 * 60 * 60 * 1_000;
const PRICE = 9_900;
const DONE = { state: 'done', outcome: null };

// The provider does what it is asked for, and the answer never arrives.
describe.each([
  ['polar', 1],
  ['stripe', 2],
] as const)('a change at %s whose answer was lost, %i in a row', (provider, times) => {
  let test: TestApp;
  let person: Person;
  let id: string;

  beforeAll(async () => {
    test = await createTestApp({ provider });
    person = await register(test);
    await buy(test, person, PRO);
    id = String((await subscriptionOf(person))['providerSubscriptionId']);
  });
  afterAll(() => test.close());

  /** Loses the next answers to writes, has staff wish for this, and answers how the command ended. */
  const outcomeOfLost = async (what: string, method: string): Promise<object | undefined> => {
    const fault = { provider, method, path: '/v1/subscriptions/**', mode: 'lost_response', times };
    (await test.sandbox.control.post('/_control/faults', fault)).expect(201);
    const staff = await staffMember(test, 'billing');
    const path = `/staff/tenants/${await ownerIdOf(test, person)}/subscription/life`;
    const wish = { what, reason: 'a test of lost answers' };
    const commandId = Object((await staff.post(path, wish)).expect(202).body['command']).id as string;
    const [ended] = await eventually(async () => {
      const rows = await test.database.query<object[]>(
        `select state, outcome from provider_command where id = $1 and state <> 'pending'`,
        [commandId],
      );
      return rows.length > 0 ? rows : null;
    });
    await test.sandbox.control.delete('/_control/faults');
    await test.sandbox.flush();
    await workedOff(test);
    return ended;
  };
  const write = provider === 'polar' ? 'PATCH' : 'POST';

  it.each(['cancel', 'undo_cancel', 'pause', 'resume'])(
    'is done, whatever the repetition said: %s',
    async (what) => {
      expect(await outcomeOfLost(what, write)).toEqual(DONE);
      expect(await paidFor(test, id)).toBe(PRICE);
    },
  );

  it('is charged once, when a resume begins a new period', async () => {
    const end = new Date(String((await subscriptionOf(person))['currentPeriodEnd'])).getTime();
    expect(await outcomeOfLost('pause', write)).toEqual(DONE);
    await moveTo(test, end + 10 * DAY_MS);
    expect(await subscriptionOf(person)).toMatchObject({ status: 'paused' });
    expect(await outcomeOfLost('resume', write)).toEqual(DONE);
    await settled(test, async () => (await subscriptionOf(person))['status'] === 'active');
    expect(await paidFor(test, id)).toBe(2 * PRICE);
  });

  it('is done when it ends the subscription, and calls no staff', async () => {
    expect(await outcomeOfLost('revoke', provider === 'polar' ? 'PATCH' : 'DELETE')).toEqual(DONE);
    expect((await subscriptionsAt(test))[id]).toMatchObject({ status: 'canceled' });
    expect(await test.database.query('select kind, details from billing_alert')).toEqual([]);
  });
});
