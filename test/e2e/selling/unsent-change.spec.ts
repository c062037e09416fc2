import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ProviderCommandsStore } from '@tollgate/billing';
import { TransactionRunner } from '@tollgate/kernel';
import { createTestApp, type TestApp } from '../../support/app.js';
import { holdWork } from '../../support/held-work.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { moveTo, workedOff } from '../../support/sandbox-events.js';
import { requestsTo } from '../../support/sandbox-sales.js';

const ENTERPRISE = { plan: 'enterprise', interval: 'month' } as const;
const TEAM = { plan: 'team', interval: 'month' } as const;
const SECOND_MS = 1_000;
const NOW = new Date('2026-01-01T00:00:00Z');

describe.each(['polar', 'stripe'] as const)('a change that no worker has sent to %s yet', (provider) => {
  let test: TestApp;
  let person: Person;
  let id: string;
  let release: () => Promise<void>;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    person = await register(test);
    await buy(test, person, { ...ENTERPRISE, seats: 2 });
    await workedOff(test);
    id = String((await subscriptionOf(person))['providerSubscriptionId']);
    release = await holdWork(test, 'subscription.commands', provider, id);
    await test.sandbox.control.delete('/_control/requests');
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const change = async (wish: object): Promise<Record<string, unknown>> =>
    (await person.call.post('/v1/subscription/change', wish)).expect(202).body;
  const takeBack = () => person.call.delete('/v1/subscription/change');
  const statesOf = async (): Promise<unknown> =>
    (
      await test.database.query<{ state: string }[]>(
        'select state from provider_command where subscription_id = $1 order by revision',
        [id],
      )
    ).map(({ state }) => state);
  const audited = async (): Promise<unknown> => {
    const rows = await test.database.query<{ action: string }[]>(
      `select action from audit_entry where owner_id = (select owner_id from provider_subscription where id = $1)
         and action like 'subscription.change\\_%' order by id`,
      [id],
    );
    return rows.map(({ action }) => action).at(-1);
  };
  const writes = async (): Promise<number> =>
    (await requestsTo(test)).filter(({ method, path }) => method !== 'GET' && path.includes(id)).length;

  it('for the end of the period is taken back: it is never sent, and what is held is renewed', async () => {
    expect(await change({ ...TEAM, seats: 2 })).toMatchObject({ when: 'period_end' });
    expect((await takeBack()).expect(202).body).toEqual({ command: null });
    expect(await statesOf()).toEqual({ polar: ['superseded'], stripe: [] }[provider]);
    expect(await audited()).toBe('subscription.change_revoked');
    expect((await takeBack()).expect(409).body['error']).toBe('nothing_pending');
    await release();
    await workedOff(test);
    expect(await writes()).toBe(0);
    const end = new Date(String((await subscriptionOf(person))['currentPeriodEnd']));
    await moveTo(test, end.getTime() + 61 * SECOND_MS);
    expect(await subscriptionOf(person)).toMatchObject({ ...ENTERPRISE, seats: 2, pendingChange: null });
  });

  it('to be made now is none that is pending: taking one back leaves it', async () => {
    await change({ ...ENTERPRISE, seats: 3 });
    expect((await takeBack()).expect(409).body['error']).toBe('nothing_pending');
    expect(await statesOf()).toEqual(['pending']);
    await release();
    await settled(test, async () => (await subscriptionOf(person))['seats'] === 3);
  });

  // Only where a change for the end of the period goes out at once there is a worker to race with.
  if (provider === 'stripe') return;

  /** A worker says that it is about to send the command that waits; false when it must not. */
  const workerTakesIt = async (): Promise<boolean> => {
    const [row] = await test.database.query<{ id: string }[]>(
      `select id from provider_command where subscription_id = $1 order by revision desc limit 1`,
      [id],
    );
    const store = test.app.get(ProviderCommandsStore, { strict: false });
    return test.app
      .get(TransactionRunner, { strict: false })
      .run((tx) => store.markAttempted(tx, row?.id ?? '', NOW));
  };
  const isWaitedFor = async (): Promise<boolean> => {
    const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%attempted_at = coalesce%'`;
    return (await test.database.query<object[]>(waiting)).length > 0;
  };

  it('and that a worker takes right before it is ended is not taken back: its outcome is waited for', async () => {
    await change({ ...TEAM, seats: 2 });
    const store = test.app.get(ProviderCommandsStore, { strict: false });
    const supersede = store.supersede.bind(store);
    jest.spyOn(store, 'supersede').mockImplementationOnce(async (...all) => {
      expect(await workerTakesIt()).toBe(true);
      return supersede(...all);
    });
    expect((await takeBack()).expect(409).body['error']).toBe('change_in_progress');
    expect(await statesOf()).toEqual(['pending']);
    await release();
    await workedOff(test);
    await settled(test, async () => (await subscriptionOf(person))['pendingChange'] !== null);
    expect((await takeBack()).expect(202).body['command']).toMatchObject({ verb: 'drop_pending_change' });
  });

  it('and that a worker wants right after it was ended is not sent', async () => {
    await change({ ...TEAM, seats: 2 });
    const store = test.app.get(ProviderCommandsStore, { strict: false });
    const supersede = store.supersede.bind(store);
    let taken = Promise.resolve(true);
    jest.spyOn(store, 'supersede').mockImplementationOnce(async (...all) => {
      const ended = await supersede(...all);
      taken = workerTakesIt();
      await eventually(isWaitedFor);
      return ended;
    });
    expect((await takeBack()).expect(202).body).toEqual({ command: null });
    expect(await taken).toBe(false);
    expect(await statesOf()).toEqual(['superseded']);
    await release();
    await workedOff(test);
    expect(await writes()).toBe(0);
  });
});
