import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, signatureOf } from '../../support/deliveries.js';
import { buy, type Person, register, settled, subscriptionOf } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { deliverEvent, eventOf, holdEvents, workedOff } from '../../support/sandbox-events.js';
import { pay, providerApi, setOutage } from '../../support/sandbox-sales.js';
import { givePlan, ownerIdOf } from '../../support/tenants.js';

const PRO = { plan: 'pro', interval: 'month' } as const;

describe.each(['polar', 'stripe'] as const)('a customer whom somebody deletes at %s', (provider) => {
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.sandbox.control.put('/_control/webhooks', { shuffle: true, duplicate: 0.5, drop: 0 });
    person = await register(test);
  });

  const customerOf = async (): Promise<string | null> => {
    const [link] = await test.database.query<{ id: string }[]>(
      'select customer_id as id from provider_customer where provider = $1 and owner_id = $2',
      [provider, await ownerIdOf(test, person)],
    );
    return link?.id ?? null;
  };
  /** As the merchant does it in the provider's dashboard. */
  const deleteAtProvider = async (): Promise<string> => {
    const id = String(await customerOf());
    const path = provider === 'polar' ? '/polar/v1/customers/' : '/v1/customers/';
    (await providerApi(test, provider).delete(`${test.sandbox.url}${path}${id}`)).expect(
      provider === 'polar' ? 204 : 200,
    );
    return id;
  };
  const told = async (): Promise<void> => {
    await test.sandbox.flush();
    await workedOff(test);
  };
  const open = async (): Promise<string> =>
    String((await person.call.post('/v1/checkout', PRO)).expect(201).body['url']);
  const tryExport = async (): Promise<number> => (await person.call.post('/v1/export')).status;

  it('is forgotten, and what they had bought has ended', async () => {
    await buy(test, person, PRO);
    await deleteAtProvider();
    await told();
    expect(await customerOf()).toBeNull();
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    expect(await tryExport()).toBe(403);
    expect((await person.call.post('/v1/portal')).expect(409).body['error']).toBe('nothing_bought');
  });

  it('buys again as a new customer, who stays when the old one’s end is told once more', async () => {
    await buy(test, person, PRO);
    const before = await deleteAtProvider();
    await told();
    await buy(test, person, PRO);
    const after = await customerOf();
    expect(after).not.toBe(before);
    await deliverEvent(test, await eventOf(test, before, 'customer.deleted'));
    expect(await customerOf()).toBe(after);
    expect(await tryExport()).toBe(200);
  });

  it('does not get the page again that was open in the name of the old customer', async () => {
    const before = await open();
    await deleteAtProvider();
    await told();
    const after = await open();
    expect(after).not.toBe(before);
    expect(await open()).toBe(after);
    (await test.sandbox.pay(after)).expect(303);
    await told();
    expect(await tryExport()).toBe(200);
  });

  it('keeps a plan that staff gave', async () => {
    await open();
    await givePlan(test, person, 'pro');
    await deleteAtProvider();
    await told();
    expect(await tryExport()).toBe(200);
  });

  it('is noticed by the next checkout when no event tells it', async () => {
    await buy(test, person, PRO);
    await holdEvents(test);
    const id = String((await subscriptionOf(person))['providerSubscriptionId']);
    const before = await deleteAtProvider();
    const end = { polar: 'subscription.revoked', stripe: 'customer.subscription.deleted' }[provider];
    await deliverEvent(test, await eventOf(test, id, end));
    expect(await tryExport()).toBe(403);
    expect(await customerOf()).toBe(before);
    expect((await person.call.post('/v1/portal')).expect(409).body['error']).toBe('nothing_bought');
    await test.sandbox.control.put('/_control/webhooks', { drop: 0 });
    await buy(test, person, PRO);
    expect(await customerOf()).not.toBe(before);
    expect(await tryExport()).toBe(200);
  });

  it('has to be gone at the provider: a signed event alone forgets nobody, and supersedes no page', async () => {
    const page = await open();
    const customer = String(await customerOf());
    const object = { id: customer, object: 'customer' };
    const bytes = eventBytes(provider, 'customer.deleted', object);
    (await deliver(test, bytes, signatureOf(provider, bytes))).expect(202);
    await workedOff(test);
    expect(await customerOf()).toBe(customer);
    expect(await open()).toBe(page);
  });

  it('leaves nothing behind that comes to life when a purchase is told after their end', async () => {
    await holdEvents(test);
    const id = await pay(test, person, PRO);
    const customer = await deleteAtProvider();
    await deliverEvent(test, await eventOf(test, customer, 'customer.deleted'));
    const bought = { polar: 'subscription.created', stripe: 'customer.subscription.created' }[provider];
    await deliverEvent(test, await eventOf(test, id, bought));
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free' });
    expect(await tryExport()).toBe(403);
    await test.sandbox.control.put('/_control/webhooks', { drop: 0 });
    await buy(test, person, PRO);
    expect(await tryExport()).toBe(200);
  });

  it('is forgotten only once the provider can be asked', async () => {
    await open();
    await holdEvents(test);
    const customer = await deleteAtProvider();
    const event = await eventOf(test, customer, 'customer.deleted');
    await setOutage(test, provider, 'error');
    (await test.sandbox.control.post(`/_control/webhooks/${event.id}/replay`)).expect(200);
    const next = await eventually(async () => {
      const [row] = await test.database.query<{ next: Date }[]>(
        `select next_attempt_at as next from work_item
         where kind = 'inbox.event' and state = 'pending' and attempts > 0`,
      );
      return row?.next ?? null;
    });
    expect(await customerOf()).toBe(customer);
    await setOutage(test, provider, 'none');
    await test.moveClock(new Date(next.getTime() + 61_000));
    await settled(test, async () => (await customerOf()) === null);
  });
});
