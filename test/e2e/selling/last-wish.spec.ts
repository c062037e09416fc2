import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { holdWork } from '../../support/held-work.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { workedOff } from '../../support/sandbox-events.js';
import { paidFor } from '../../support/sandbox-sales.js';

const TEAM = { plan: 'team', interval: 'month' } as const;
const ENTERPRISE = { plan: 'enterprise', interval: 'month' } as const;
const SECOND_MS = 1_000;

// Both wishes stand before any worker sends the first one.
describe.each(['polar', 'stripe'] as const)('two wishes within milliseconds about one at %s', (provider) => {
  let test: TestApp;
  let person: Person;
  let id: string;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await register(test);
    await buy(test, person, { ...TEAM, seats: 2 });
    await workedOff(test);
    id = String((await subscriptionOf(person))['providerSubscriptionId']);
  });

  const change = (wish: object) => person.call.post('/v1/subscription/change', wish);
  /** The command that a change became; null for one that we keep ourselves. */
  const wished = async (wish: object): Promise<string | null> => {
    const { command } = (await change(wish)).expect(202).body as { command: { id: string } | null };
    return command?.id ?? null;
  };
  const stateOf = async (command: string | null): Promise<unknown> =>
    (await person.call.get(`/v1/subscription/commands/${command}`)).expect(200).body['state'];
  const arrived = async (): Promise<void> => {
    await test.sandbox.flush();
    await workedOff(test);
  };

  it('other seats of the plan that is held are what counts: the plan that was wished first is never paid for', async () => {
    const release = await holdWork(test, 'subscription.commands', provider, id);
    const first = await wished({ ...ENTERPRISE, seats: 10 });
    const second = await wished({ ...TEAM, seats: 3 });
    await release();
    await arrived();
    expect([await stateOf(first), await stateOf(second)]).toEqual(['superseded', 'done']);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'team', seats: 3, amount: '9000' });
  });

  it('the second is refused while it is not known here what the first one has made of it', async () => {
    const release = await holdWork(test, 'subscription.sync', provider, id);
    const first = await wished({ ...ENTERPRISE, seats: 10 });
    await settled(test, async () => (await stateOf(first)) === 'done');
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'team', seats: 2 });
    expect((await change({ ...TEAM, seats: 3 })).expect(409).body['error']).toBe('change_in_progress');
    await release();
    await arrived();
    expect((await change({ ...TEAM, seats: 3 })).expect(202).body['when']).toBe('period_end');
  });

  it('less at the end of the period is what counts, and what is renewed', async () => {
    const release = await holdWork(test, 'subscription.commands', provider, id);
    const first = await wished({ ...ENTERPRISE, seats: 10 });
    await wished({ ...TEAM, seats: 1 });
    await release();
    await arrived();
    expect(await stateOf(first)).toBe('superseded');
    const held = await subscriptionOf(person);
    expect(held).toMatchObject({ plan: 'team', seats: 2, pendingChange: { plan: 'team', seats: 1 } });
    const end = new Date(String(held['currentPeriodEnd']));
    await test.moveClock(new Date(end.getTime() + 61 * SECOND_MS));
    await arrived();
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'team', seats: 1, pendingChange: null });
    expect(await paidFor(test, id)).toBe(6_000 + 3_000);
  });
});
