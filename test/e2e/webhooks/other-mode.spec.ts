import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, type Provider, signatureOf } from '../../support/deliveries.js';
import { type Person, register, subscriptionOf } from '../../support/people.js';
import {
  deliverEvent,
  eventOf,
  holdEvents,
  type SandboxEvent,
  workedOff,
} from '../../support/sandbox-events.js';
import { fetchesOf, pay } from '../../support/sandbox-sales.js';

const CREATED = 'customer.subscription.created';

const alertsOf = (test: TestApp): Promise<unknown[]> =>
  test.database.query(
    'select kind, subject, details from billing_alert where resolved_at is null order by raised_at',
  );
const rowsOf = (test: TestApp, note: string): Promise<{ type: string; state: string }[]> =>
  test.database.query('select type, state from inbox_event where note = $1 order by received_at, id', [note]);

describe('an event of live mode where our key is one of test mode', () => {
  let test: TestApp;
  let person: Person;
  let id: string;
  let created: SandboxEvent;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'stripe' });
    await holdEvents(test);
    person = await register(test);
    id = await pay(test, person, { plan: 'pro', interval: 'month' });
    created = await eventOf(test, id, CREATED);
  });
  afterAll(() => test.close());

  const deliverLive = async (payload: object): Promise<string> => {
    const eventId = `evt_${randomUUID()}`;
    const body = Buffer.from(JSON.stringify({ ...payload, id: eventId, livemode: true }));
    (await deliver(test, body, signatureOf('stripe', body))).expect(202);
    await workedOff(test);
    return eventId;
  };

  it('W8 is stored, never looked up nor applied, and calls staff once for all of them', async () => {
    await test.sandbox.control.delete('/_control/requests');
    const refund = { object: 'event', type: 'refund.created', created: 1, data: { object: { id: 're_1' } } };
    await deliverLive(created.payload as object);
    const last = await deliverLive(refund);
    expect(await rowsOf(test, 'other_mode')).toEqual([
      { type: CREATED, state: 'quarantined' },
      { type: 'refund.created', state: 'quarantined' },
    ]);
    expect(await fetchesOf(test)).toEqual(new Map());
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    expect(await test.database.query('select 1 from money_back')).toEqual([]);
    const details = { provider: 'stripe', note: 'other_mode', type: 'refund.created', eventId: last };
    expect(await alertsOf(test)).toEqual([
      { kind: 'event_quarantined', subject: 'stripe:other_mode', details },
    ]);
  });

  it('W8 does not hinder the same event of our own mode', async () => {
    await deliverEvent(test, created);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', providerSubscriptionId: id });
  });
});

describe('an event of Polar’s test environment, whose secret was left beside the one of production', () => {
  const SECRET_OF_TESTS = 'polar_whs_of_its_test_environment';
  let test: TestApp;

  beforeAll(async () => {
    const both = `whsec_polar_of_the_tests,${SECRET_OF_TESTS}`;
    test = await createTestApp({ provider: 'polar', environment: { POLAR_WEBHOOK_SECRET: both } });
  });
  afterAll(() => test.close());

  it('W8 is stored, found to be unknown to our API, and calls staff', async () => {
    const id = randomUUID();
    const body = eventBytes('polar', 'subscription.active', { id, status: 'active' });
    (await deliver(test, body, signatureOf('polar', body, { secret: SECRET_OF_TESTS }))).expect(202);
    await workedOff(test);
    expect(await rowsOf(test, 'unknown_subscription')).toEqual([
      { type: 'subscription.active', state: 'quarantined' },
    ]);
    expect(await test.database.query('select 1 from provider_subscription')).toEqual([]);
    expect(await alertsOf(test)).toMatchObject([{ kind: 'event_quarantined', subject: `polar:${id}` }]);
  });
});

describe.each(['polar', 'stripe'] as const)(
  'an event of a type that %s has invented since',
  (provider: Provider) => {
    let test: TestApp;

    beforeAll(async () => {
      test = await createTestApp({ provider });
    });
    afterAll(() => test.close());

    const arrives = async (type: string, object: object): Promise<void> => {
      const body = eventBytes(provider, type, object);
      (await deliver(test, body, signatureOf(provider, body))).expect(202);
      await workedOff(test);
    };

    it('W8 is stored and calls staff once for each type, whatever number comes', async () => {
      for (const type of ['teleport.completed', 'teleport.completed', 'teleport.failed'])
        await arrives(type, { id: randomUUID() });
      expect(await rowsOf(test, 'unknown_type')).toHaveLength(3);
      expect(await alertsOf(test)).toMatchObject([
        {
          kind: 'event_quarantined',
          subject: `${provider}:teleport.completed`,
          details: { note: 'unknown_type' },
        },
        {
          kind: 'event_quarantined',
          subject: `${provider}:teleport.failed`,
          details: { note: 'unknown_type' },
        },
      ]);
    });

    it('calls nobody about a known type that changes nothing of ours', async () => {
      const before = await alertsOf(test);
      await arrives('product.updated', { id: randomUUID(), object: 'product' });
      expect(await alertsOf(test)).toEqual(before);
    });
  },
);
