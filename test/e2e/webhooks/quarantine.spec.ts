import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ProviderSubscription, ProviderRegistry } from '@tollgate/billing';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, type Provider, signatureOf } from '../../support/deliveries.js';
import { buy, type Person, register, subscriptionOf } from '../../support/people.js';
import { deliverEvent, eventOf, holdEvents, workedOff } from '../../support/sandbox-events.js';
import { happens, pay, providerApi, stripMetadata } from '../../support/sandbox-sales.js';

const CREATED: Record<Provider, string> = {
  polar: 'subscription.created',
  stripe: 'customer.subscription.created',
};
const UPDATED: Record<Provider, string> = {
  polar: 'subscription.updated',
  stripe: 'customer.subscription.updated',
};

describe.each(['polar', 'stripe'] as const)(
  'a validly signed event of %s that cannot be used',
  (provider) => {
    let test: TestApp;

    beforeAll(async () => {
      test = await createTestApp({ provider });
      await holdEvents(test);
    });
    afterEach(() => {
      jest.restoreAllMocks();
    });
    afterAll(() => test.close());

    const taken = async (type: string, object: object): Promise<void> => {
      const body = eventBytes(provider, type, object);
      (await deliver(test, body, signatureOf(provider, body))).expect(202);
      await workedOff(test);
    };
    const rowsOfType = (type: string) =>
      test.database.query('select state, note from inbox_event where provider = $1 and type = $2', [
        provider,
        type,
      ]);
    const rowsAbout = (subscriptionId: string) =>
      test.database.query<{ type: string; state: string; note: string | null }[]>(
        'select type, state, note from inbox_event where subscription_id = $1 order by received_at, id',
        [subscriptionId],
      );
    const tryExport = async (person: Person): Promise<number> =>
      (await person.call.post('/v1/export')).status;
    const unmap = async (key: string): Promise<void> => {
      const offer = SANDBOX_CATALOG.find((one) => one.key === key);
      const id = provider === 'polar' ? offer?.polarProductId : offer?.stripePriceId;
      await test.database.query('delete from price_map where external_id = $1', [id]);
    };

    /** From now on what is sold has no telling name and no price of the catalog: nothing is left to go by. */
    const makeNameless = (): void => {
      const adapter = test.app.get(ProviderRegistry).get(provider);
      const fetch = adapter.fetchSubscription.bind(adapter);
      jest.spyOn(adapter, 'fetchSubscription').mockImplementation(async (id) => {
        const fetched = await fetch(id);
        return fetched && { ...fetched, slugs: ['Special offer'], unitPrice: null };
      });
    };

    it.each(['teleport.completed', 'subscription.teleported'])(
      'is kept with its note: unknown type %s',
      async (type) => {
        await taken(type, { id: randomUUID() });
        expect(await rowsOfType(type)).toEqual([{ state: 'quarantined', note: 'unknown_type' }]);
      },
    );

    it('is kept with its note: a subscription that the provider does not know', async () => {
      const id = randomUUID();
      await taken(UPDATED[provider], { id, object: 'subscription' });
      expect(await rowsAbout(id)).toMatchObject([{ state: 'quarantined', note: 'unknown_subscription' }]);
    });

    it('is kept with its note: a customer who is none of ours', async () => {
      const email = `${randomUUID()}@elsewhere.test`;
      const api = providerApi(test, provider);
      const created =
        provider === 'polar'
          ? (await api.post('/polar/v1/customers/', { email })).expect(201)
          : (await api.send('POST', '/v1/customers', `email=${encodeURIComponent(email)}`)).expect(200);
      const sale = { provider, customer: String(created.body['id']), sellable: 'enterprise_monthly' };
      const sold = (await test.sandbox.control.post('/_control/subscriptions', sale)).expect(201);
      const id = String(sold.body['id']);
      await deliverEvent(test, await eventOf(test, id, CREATED[provider]));
      expect(await rowsAbout(id)).toMatchObject([{ state: 'quarantined', note: 'unknown_customer' }]);
      expect(await test.database.query('select 1 from provider_subscription where id = $1', [id])).toEqual(
        [],
      );
    });

    it('is kept with its note: a price that stands for no plan gives nothing, and takes nothing', async () => {
      const [newcomer, customer] = [await register(test), await register(test)];
      await stripMetadata(test);
      makeNameless();
      const old = await pay(test, customer, { plan: 'team', interval: 'year' });
      await deliverEvent(test, await eventOf(test, old, CREATED[provider]));
      const id = await pay(test, newcomer, { plan: 'team', interval: 'year' });
      await unmap('team_yearly');
      await deliverEvent(test, await eventOf(test, id, CREATED[provider]));
      expect(await rowsAbout(id)).toMatchObject([{ state: 'quarantined', note: 'unknown_price' }]);
      expect(await subscriptionOf(newcomer)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
      expect(await tryExport(newcomer)).toBe(403);

      await happens(test, old, 'cancel');
      await deliverEvent(test, await eventOf(test, old, UPDATED[provider]));
      expect((await rowsAbout(old)).at(-1)).toMatchObject({ state: 'quarantined', note: 'unknown_price' });
      const { cancelAt } = await subscriptionOf(customer);
      expect(await subscriptionOf(customer)).toMatchObject({ plan: 'team', providerSubscriptionId: old });
      expect(cancelAt).not.toBeNull();
      expect(await tryExport(customer)).toBe(200);
    });

    it('is kept with its note: an unknown status keeps the last known access, and gives a stranger none', async () => {
      const [customer, newcomer] = [await register(test), await register(test)];
      const known = await pay(test, customer, { plan: 'pro', interval: 'month' });
      await deliverEvent(test, await eventOf(test, known, CREATED[provider]));
      const before = await subscriptionOf(customer);
      const unknown = await pay(test, newcomer, { plan: 'pro', interval: 'month' });
      const adapter = test.app.get(ProviderRegistry).get(provider);
      const fetch = adapter.fetchSubscription.bind(adapter);
      jest.spyOn(adapter, 'fetchSubscription').mockImplementation(async (id) => {
        const fetched = await fetch(id);
        return (
          fetched && ({ ...fetched, status: null, rawStatus: 'hibernating' } satisfies ProviderSubscription)
        );
      });
      await happens(test, known, 'cancel');
      await deliverEvent(test, await eventOf(test, known, UPDATED[provider]));
      await deliverEvent(test, await eventOf(test, unknown, CREATED[provider]));
      for (const id of [known, unknown])
        expect((await rowsAbout(id)).at(-1)).toMatchObject({ state: 'quarantined', note: 'unknown_status' });
      expect(await subscriptionOf(customer)).toEqual(before);
      expect(await tryExport(customer)).toBe(200);
      expect(await tryExport(newcomer)).toBe(403);
    });

    it('does not hinder the next one', async () => {
      const person = await register(test);
      await test.sandbox.control.put('/_control/webhooks', { drop: 0 });
      await buy(test, person, { plan: 'pro', interval: 'month' });
      expect(await tryExport(person)).toBe(200);
    });
  },
);
