import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register, subscriptionOf } from '../../support/people.js';
import { eventOf, deliverEvent, holdEvents } from '../../support/sandbox-events.js';
import { happens, requestsTo, subscriptionsAt } from '../../support/sandbox-sales.js';
import { ownerIdOf } from '../../support/tenants.js';

const PRO = { plan: 'pro', interval: 'month' } as const;

// One story: what is created in the first step is paid in the last.
describe('C13 a subscription without a hosted page, where we are the merchant of record', () => {
  let test: TestApp;
  let person: Person;
  let subscriptionId: string;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'stripe', environment: { STRIPE_MANAGED_PAYMENTS: 'false' } });
    await holdEvents(test);
    person = await register(test);
  });
  afterAll(() => test.close());

  const create = () => person.call.post('/v1/subscription', PRO);
  const decision = async () => (await person.call.post('/v1/check', { feature: 'export' })).expect(200).body;
  const writtenAbout = async (): Promise<number> => {
    const [row] = await test.database.query<{ rows: string }[]>(
      `select (select count(*) from provider_subscription) + (select count(*) from inbox_event)
            + (select count(*) from checkout) + (select count(*) from provider_command)
            + (select count(*) from assignment where source <> 'default') as rows`,
    );
    return Number(row?.rows ?? Number.NaN);
  };

  it('SB-16 is asked of Stripe with item, owner and default_incomplete, and the secret of its first invoice', async () => {
    (await create()).expect(201);
    const ownerId = await ownerIdOf(test, person);
    const created = (await requestsTo(test)).filter(
      ({ method, path }) => method === 'POST' && path === '/v1/subscriptions',
    );
    const offer = SANDBOX_CATALOG.find(({ key }) => key === 'pro_monthly');
    expect(created.map(({ body }) => body)).toEqual([
      {
        customer: expect.stringMatching(/^cus_/),
        items: [{ price: offer?.stripePriceId, quantity: '1' }],
        payment_behavior: 'default_incomplete',
        metadata: { owner_id: ownerId },
        expand: ['latest_invoice.confirmation_secret', 'pending_setup_intent'],
      },
    ]);
  });

  it('SB-18 is answered with its id and a client secret, and is the same one for a second click', async () => {
    const { body } = (await create()).expect(201);
    expect(body).toEqual({
      subscriptionId: expect.stringMatching(/^sub_/),
      clientSecret: expect.stringMatching(/_secret_/),
    });
    subscriptionId = String(body['subscriptionId']);
    expect(Object.keys(await subscriptionsAt(test))).toEqual([subscriptionId]);
  });

  it('SB-17 writes nothing of ours: the decision is the free plan’s until the webhook, and until it is paid', async () => {
    expect(await writtenAbout()).toBe(0);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
    expect(await decision()).toMatchObject({ allowed: false, reason: 'plan_required', plan: 'free' });
    await deliverEvent(test, await eventOf(test, subscriptionId, 'customer.subscription.created'));
    expect(await decision()).toMatchObject({ allowed: false, plan: 'free' });
    expect(await subscriptionOf(person)).toMatchObject({ status: 'incomplete', amount: '9900' });
  });

  it('SB-17 SB-19 is held from the webhook of its payment on', async () => {
    await happens(test, subscriptionId, 'recover');
    expect(await decision()).toMatchObject({ allowed: false, plan: 'free' });
    await deliverEvent(test, await eventOf(test, subscriptionId, 'customer.subscription.updated'));
    expect(await decision()).toMatchObject({ allowed: true, plan: 'pro', source: 'subscription' });
    expect(await subscriptionOf(person)).toMatchObject({
      plan: 'pro',
      status: 'active',
      provider: 'stripe',
      providerSubscriptionId: subscriptionId,
    });
    expect((await create()).expect(409).body['error']).toBe('subscription_exists');
  });
});
