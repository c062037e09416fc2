import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type PaymentProvider, ProviderRegistry } from '@tollgate/billing';
import { LeaseLostError, WorkHandlers } from '@tollgate/kernel';
import { SYNC_SUBSCRIPTION } from '../../../libs/billing/src/subscription-sync/inbox.service.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, signatureOf } from '../../support/deliveries.js';
import { Gate } from '../../support/gate.js';
import { type Person, register } from '../../support/people.js';
import { deliverEvent, eventOf, holdEvents } from '../../support/sandbox-events.js';
import { happens, pay } from '../../support/sandbox-sales.js';

describe('a worker whose lease was taken over while it fetched', () => {
  let test: TestApp;
  let provider: PaymentProvider;
  let person: Person;
  let id: string;

  beforeAll(async () => {
    test = await createTestApp({ runsWork: false });
    await holdEvents(test);
    provider = test.app.get(ProviderRegistry).get('polar');
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  afterAll(() => test.close());

  const work = (): Promise<void> =>
    test.app
      .get(WorkHandlers)
      .of(SYNC_SUBSCRIPTION)
      .handle({
        id: 'item',
        kind: SYNC_SUBSCRIPTION,
        key: `polar:${id}`,
        payload: { provider: 'polar', subscriptionId: id },
        attempts: 0,
      });
  const runOutLease = () =>
    test.database.query('update lease set expires_at = clock_timestamp() where name = $1', [
      `${SYNC_SUBSCRIPTION}:polar:${id}`,
    ]);
  const everything = () =>
    Promise.all(
      ['subscription', 'provider_subscription', 'assignment', 'inbox_event', 'audit_entry'].map((table) =>
        test.database.query(`select * from ${table} order by 1, 2`),
      ),
    );
  /** Starts work whose fetch has been answered but not arrived; opening the gate lets it arrive. */
  const stuckWorker = async (): Promise<{ worker: Promise<void>; arrives: Gate }> => {
    const [answered, arrives] = [new Gate(), new Gate()];
    const fetch = provider.fetchSubscription.bind(provider);
    jest.spyOn(provider, 'fetchSubscription').mockImplementationOnce(async (subscriptionId) => {
      const old = await fetch(subscriptionId);
      answered.open();
      await arrives.opened;
      return old;
    });
    const worker = work();
    await answered.opened;
    return { worker, arrives };
  };

  it('writes nothing: neither rows nor handled events', async () => {
    person = await register(test);
    id = await pay(test, person, { plan: 'pro', interval: 'month' });
    const { worker, arrives } = await stuckWorker();
    await runOutLease();
    await happens(test, id, 'revoke');
    await work();
    const before = await everything();
    arrives.open();
    await expect(worker).rejects.toThrow(LeaseLostError);
    expect(await everything()).toEqual(before);
    (await person.call.post('/v1/export')).expect(403);
  });

  it('writes when its lease ran out but nobody took it over', async () => {
    person = await register(test);
    id = await pay(test, person, { plan: 'pro', interval: 'month' });
    const { worker, arrives } = await stuckWorker();
    await runOutLease();
    arrives.open();
    await worker;
    (await person.call.post('/v1/export')).expect(200);
  });

  it('leaves an event that arrived while it fetched to the next fetch', async () => {
    person = await register(test);
    id = await pay(test, person, { plan: 'pro', interval: 'month' });
    const { worker, arrives } = await stuckWorker();
    const body = eventBytes('polar', 'subscription.revoked', { id });
    await happens(test, id, 'revoke');
    (await deliver(test, body, signatureOf('polar', body))).expect(202);
    arrives.open();
    await worker;
    const states = () =>
      test.database.query('select type, state from inbox_event where subscription_id = $1', [id]);
    expect(await states()).toEqual([{ type: 'subscription.revoked', state: 'received' }]);
    await work();
    expect(await states()).toEqual([{ type: 'subscription.revoked', state: 'handled' }]);
    (await person.call.post('/v1/export')).expect(403);
  });

  it('does not start while somebody else holds the lease', async () => {
    const { worker, arrives } = await stuckWorker();
    await expect(work()).rejects.toMatchObject({ code: 'sync_busy', kind: 'unavailable' });
    arrives.open();
    await worker;
    await expect(work()).resolves.toBeUndefined();
  });
});

describe('an id that has ended', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp();
    await holdEvents(test);
  });
  afterAll(() => test.close());

  it('GO-32 stays ended when a late answer of the provider still calls it active', async () => {
    const person = await register(test);
    const id = await pay(test, person, { plan: 'pro', interval: 'month' });
    const provider = test.app.get(ProviderRegistry).get('polar');
    const alive = await provider.fetchSubscription(id);
    await happens(test, id, 'revoke');
    await deliverEvent(test, await eventOf(test, id, 'subscription.revoked'));
    jest.spyOn(provider, 'fetchSubscription').mockResolvedValueOnce(alive);
    await deliverEvent(test, await eventOf(test, id, 'subscription.created'));
    jest.restoreAllMocks();
    expect(
      await test.database.query('select status, ended_at is not null as ended from provider_subscription'),
    ).toEqual([{ status: 'canceled', ended: true }]);
    expect(await test.database.query(`select 1 from inbox_event where state <> 'handled'`)).toEqual([]);
    (await person.call.post('/v1/export')).expect(403);
  });
});
