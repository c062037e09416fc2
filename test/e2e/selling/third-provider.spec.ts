import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PAYMENT_PROVIDERS } from '../../../apps/api/src/payment-providers/payment-providers.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, signatureOf } from '../../support/deliveries.js';
import type { FakeDelivery } from '../../support/fake-deliveries.js';
import { FAKE_ENVIRONMENT, FAKE_PRICES, fakeKind } from '../../support/fake-kind.js';
import { FakeProvider } from '../../support/fake-provider.js';
import { type Person, register, subscriptionOf } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { workedOff } from '../../support/sandbox-events.js';
import { staffMember } from '../../support/staff.js';
import { ownerIdOf } from '../../support/tenants.js';

const PRO = { plan: 'pro', interval: 'month' } as const;
const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

// One story of one subscription, at a provider of which this project's sources know nothing.
describe('GO-47 a third provider, added by one entry in the registry of providers', () => {
  const fake = new FakeProvider({ name: FAKE_ENVIRONMENT.PAYMENT_PROVIDER, prices: FAKE_PRICES });
  let test: TestApp;
  let person: Person;
  let subscriptionId: string;

  beforeAll(async () => {
    test = await createTestApp({
      kinds: [...PAYMENT_PROVIDERS, fakeKind(fake)],
      environment: FAKE_ENVIRONMENT,
    });
    person = await register(test);
  });
  afterAll(() => test.close());

  const field = async (name: string): Promise<unknown> => (await subscriptionOf(person))[name];
  const tryExport = async (): Promise<number> => (await person.call.post('/v1/export')).status;
  const send = async ({ rawBody, headers }: FakeDelivery) => deliver(test, rawBody, headers);
  const latest = (): FakeDelivery => {
    const delivery = fake.deliveriesAbout(subscriptionId).at(-1);
    if (!delivery) throw new Error('the fake delivered nothing');
    return delivery;
  };

  it('GO-47 shows its prices, and opens its checkout; nothing is held before its webhook', async () => {
    const { source, plans } = (await test.anonymous.get('/v1/pricing')).expect(200).body as {
      source: string;
      plans: { key: string; prices: { amount: string }[] }[];
    };
    expect(source).toBe('live');
    expect(plans.find(({ key }) => key === 'pro')?.prices.map(({ amount }) => amount)).toEqual([
      '7700',
      '77000',
    ]);
    const { url } = (await person.call.post('/v1/checkout', PRO)).expect(201).body;
    expect(url).toMatch(/^https:\/\/fake\.example\/page_of_/);
    subscriptionId = fake.pay(String(url).split('/').at(-1) ?? '');
    expect(await tryExport()).toBe(403);
    expect(await field('plan')).toBe('free');
  });

  it('GO-47 is believed by its signature alone: a forged delivery is refused, the signed one opens the gate once', async () => {
    const { rawBody, headers } = latest();
    (await deliver(test, Buffer.from(`${rawBody.toString()} `), headers)).expect(401);
    const stripes = signatureOf('stripe', rawBody);
    expect((await deliver(test, rawBody, { ...headers, ...stripes })).expect(400).body['error']).toBe(
      'provider_ambiguous',
    );
    expect((await send(latest())).expect(202).body).toEqual({ received: true, duplicate: false });
    expect((await send(latest())).expect(202).body).toEqual({ received: true, duplicate: true });
    await workedOff(test);
    expect(await tryExport()).toBe(200);
    expect(await subscriptionOf(person)).toMatchObject({
      plan: 'pro',
      status: 'active',
      provider: 'fakepay',
      providerSubscriptionId: subscriptionId,
      amount: '7700',
      interval: 'month',
    });
  });

  it('GO-47 keeps the webhooks of the others open, and staff map its prices like any', async () => {
    const body = eventBytes('polar', 'benefit.created', { id: 'benefit' });
    (await deliver(test, body, signatureOf('polar', body))).expect(202);
    const admin = await staffMember(test, 'admin');
    const mapping = { plan: 'team', interval: 'month', reason: 'a plan more' };
    (await admin.put('/staff/prices/fakepay/team_month', mapping)).expect(200);
    (await admin.put('/staff/prices/nobodypay/team_month', mapping)).expect(404);
    const customers = `/staff/tenants/${await ownerIdOf(test, person)}/customers`;
    const link = { customerId: 'customer_1', reason: 'bought before' };
    (await admin.post(customers, { ...link, provider: 'nobodypay' })).expect(404);
  });

  it('GO-47 is cancelled through it, and access ends with the period that was paid', async () => {
    const { body } = (await person.call.post('/v1/subscription/cancel')).expect(202);
    await eventually(
      async () =>
        (await person.call.get(`/v1/subscription/commands/${(body['command'] as { id: string }).id}`)).body[
          'state'
        ] === 'done',
    );
    expect(fake.calls).toContain('scheduleCancel');
    (await send(latest())).expect(202);
    await workedOff(test);
    const end = new Date(String(await field('cancelAt')));
    await test.moveClock(new Date(end.getTime() - SECOND_MS));
    expect(await tryExport()).toBe(200);
    await test.moveClock(end);
    expect(await tryExport()).toBe(403);
    // The provider says no more: our own job puts the row back.
    await test.moveClock(new Date(end.getTime() + MINUTE_MS));
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
  });
});
