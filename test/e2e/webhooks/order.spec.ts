import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, type Provider, signatureOf, storedRows } from '../../support/deliveries.js';
import { hangUpAndClose } from '../../support/hang-up.js';
import { type Person, register, subscriptionOf } from '../../support/people.js';
import { deliverEvent, eventOf, holdEvents, workedOff } from '../../support/sandbox-events.js';
import { changePlan, fetchesOf, happens, pay } from '../../support/sandbox-sales.js';

type Step = 'created' | 'updated' | 'deleted';

const TYPES: Record<Provider, Record<Step, string>> = {
  polar: {
    created: 'subscription.created',
    updated: 'subscription.updated',
    deleted: 'subscription.revoked',
  },
  stripe: {
    created: 'customer.subscription.created',
    updated: 'customer.subscription.updated',
    deleted: 'customer.subscription.deleted',
  },
};
const ORDERS: readonly (readonly Step[])[] = [
  ['created', 'updated', 'deleted'],
  ['created', 'deleted', 'updated'],
  ['updated', 'created', 'deleted'],
  ['updated', 'deleted', 'created'],
  ['deleted', 'created', 'updated'],
  ['deleted', 'updated', 'created'],
];

describe.each(['polar', 'stripe'] as const)('SB-24 order and copies of events of %s', (provider) => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider });
    await holdEvents(test);
  });
  afterAll(() => hangUpAndClose(test));

  const bought = async (): Promise<{ person: Person; id: string }> => {
    const person = await register(test);
    return { person, id: await pay(test, person, { plan: 'pro', interval: 'month' }) };
  };
  const toYearly = async (id: string): Promise<void> => {
    const yearly = SANDBOX_CATALOG.find((offer) => offer.key === 'pro_yearly');
    if (yearly) await changePlan(test, provider, id, yearly);
  };
  const rowsOf = (id: string) =>
    test.database.query<Record<string, unknown>[]>(
      'select plan, status, interval, seats, amount, ended_at is not null as ended from provider_subscription where id = $1',
      [id],
    );

  it.each(ORDERS)(
    'SB-24 ends in the same state when they come as %s, %s, %s, each twice',
    async (...order) => {
      const { person, id } = await bought();
      const events = new Map([['created', await eventOf(test, id, TYPES[provider].created)]]);
      const happened: Record<Step, () => Promise<void>> = {
        created: async () => undefined,
        updated: () => toYearly(id),
        deleted: () => happens(test, id, 'revoke'),
      };
      for (const step of ['created', 'updated', 'deleted'] as const) {
        await happened[step]();
        events.set(step, await eventOf(test, id, TYPES[provider][step]));
      }
      for (const step of order) {
        const event = events.get(step);
        if (!event) throw new Error(`no event for ${step}`);
        await deliverEvent(test, event);
        await deliverEvent(test, event);
      }
      expect(await rowsOf(id)).toEqual([
        { plan: 'pro', status: 'canceled', interval: 'year', seats: 1, amount: '99900', ended: true },
      ]);
      expect(await subscriptionOf(person)).toMatchObject({
        plan: 'free',
        status: 'active',
        providerSubscriptionId: null,
      });
      (await person.call.post('/v1/export')).expect(403);
    },
  );

  it('SB-24 ends with the right row when the creation is heard of after the change', async () => {
    const { person, id } = await bought();
    await toYearly(id);
    await deliverEvent(test, await eventOf(test, id, TYPES[provider].updated));
    await deliverEvent(test, await eventOf(test, id, TYPES[provider].created));
    expect(await rowsOf(id)).toMatchObject([{ plan: 'pro', status: 'active', interval: 'year' }]);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', interval: 'year', amount: '99900' });
  });

  it('SB-24 keeps one row of ten copies that arrive at once, and acts on it once', async () => {
    const { id } = await bought();
    await test.sandbox.control.delete('/_control/requests');
    const before = await storedRows(test);
    const body = eventBytes(provider, TYPES[provider].created, { id, object: 'subscription' });
    const headers = signatureOf(provider, body);
    const answers = await Promise.all(Array.from({ length: 10 }, () => deliver(test, body, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 202));
    expect(answers.filter(({ body: answer }) => answer['duplicate'] === false)).toHaveLength(1);
    await workedOff(test);
    expect((await storedRows(test)).events - before.events).toBe(1);
    expect((await fetchesOf(test)).get(id)).toBe(1);
    expect(
      await test.database.query(
        `select count(*)::int as changes from audit_entry a join provider_subscription p on p.owner_id = a.owner_id
         where p.id = $1 and a.action = 'subscription.changed'`,
        [id],
      ),
    ).toEqual([{ changes: 1 }]);
  });

  it('takes an id of one provider for no duplicate of the other', async () => {
    const before = await storedRows(test);
    for (const one of ['polar', 'stripe'] as const) {
      const id = 'evt_00000000000000000000000000000001';
      const envelope = { ...JSON.parse(eventBytes(one, 'product.updated', { id: 'x' }).toString()), id };
      const body = Buffer.from(JSON.stringify(envelope));
      const answer = (await deliver(test, body, signatureOf(one, body, { deliveryId: id }))).expect(202);
      expect(answer.body).toEqual({ received: true, duplicate: false });
    }
    expect((await storedRows(test)).events - before.events).toBe(2);
  });
});
