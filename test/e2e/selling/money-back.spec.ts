import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { at } from '../../../libs/billing/src/providers/tolerant-reader.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, signatureOf } from '../../support/deliveries.js';
import { buy, type Person, register, subscriptionOf } from '../../support/people.js';
import { eventsAbout, workedOff } from '../../support/sandbox-events.js';
import { staffMember } from '../../support/staff.js';
import { ownerIdOf } from '../../support/tenants.js';

describe.each(['polar', 'stripe'] as const)('money back at %s', (provider) => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());

  it('is recorded once and shown to staff, and changes no access', async () => {
    const person = await register(test);
    await buy(test, person, { plan: 'pro', interval: 'month' });
    const customer = String((await subscriptionOf(person))['providerCustomerId']);
    const [type, object] =
      provider === 'polar'
        ? [
            'refund.created',
            {
              id: 'refund_1',
              order_id: 'order_1',
              customer_id: customer,
              amount: 500,
              currency: 'usd',
              status: 'succeeded',
              reason: 'customer_request',
            },
          ]
        : [
            'charge.refunded',
            { id: 'ch_1', object: 'charge', customer, amount: 9_900, amount_refunded: 500, currency: 'usd' },
          ];
    for (let copy = 0; copy < 2; copy++) {
      const body = eventBytes(provider, type, object);
      (await deliver(test, body, signatureOf(provider, body))).expect(202);
    }
    await workedOff(test);
    const staff = await staffMember(test, 'support');
    const { data } = (await staff.get(`/staff/tenants/${await ownerIdOf(test, person)}/subscription`)).expect(
      200,
    ).body as { data: { moneyBack: object[] } };
    expect(data.moneyBack).toEqual([
      expect.objectContaining({ kind: 'refund', provider, amount: '500', currency: 'usd' }),
    ]);
    (await person.call.post('/v1/export')).expect(200);
  });

  interface Billing {
    readonly moneyBack: readonly Readonly<Record<string, unknown>>[];
    readonly alerts: readonly { kind: string; details: Readonly<Record<string, unknown>> }[];
  }
  const billingOf = async (person: Person): Promise<Billing> => {
    const staff = await staffMember(test, 'support');
    const path = `/staff/tenants/${await ownerIdOf(test, person)}/subscription`;
    return (await staff.get(path)).expect(200).body['data'] as Billing;
  };
  const amounts = ({ moneyBack }: Billing): string[] =>
    moneyBack.map(({ kind, amount }) => `${String(kind)} ${String(amount)}`);
  const buyer = async (): Promise<{ person: Person; id: string }> => {
    const person = await register(test);
    await buy(test, person, { plan: 'pro', interval: 'month' });
    return { person, id: String((await subscriptionOf(person))['providerSubscriptionId']) };
  };
  const act = async (id: string, what: string, body: object): Promise<void> => {
    (await test.sandbox.control.post(`/_control/subscriptions/${id}/${what}`, body)).expect(200);
    await test.sandbox.flush();
    await workedOff(test);
  };

  it('P8 every refund is shown once, however many events tell of it', async () => {
    const { person, id } = await buyer();
    await act(id, 'refund', { amount: 4_000 });
    await act(id, 'refund', { amount: 1_500 });
    const shown = amounts(await billingOf(person));
    expect(shown).toHaveLength(2);
    expect(new Set(shown)).toEqual(new Set(['refund 1500', 'refund 4000']));
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', status: 'active' });
    (await person.call.post('/v1/export')).expect(200);
  });

  it('P8 a dispute is recorded with its owner and shown to staff, and changes no access', async () => {
    const { person, id } = await buyer();
    await act(id, 'dispute', {});
    const { moneyBack, alerts } = await billingOf(person);
    // Polar answers a dispute by itself, with a refund; Stripe wants an answer from us.
    const told = {
      polar: { kind: 'refund', reason: 'dispute_prevention', status: 'succeeded' },
      stripe: { kind: 'dispute', reason: 'fraudulent', status: 'needs_response' },
    }[provider];
    expect(moneyBack).toEqual([
      expect.objectContaining({ ...told, provider, amount: '9900', currency: 'usd' }),
    ]);
    expect(alerts.map(({ kind }) => kind)).toEqual(provider === 'stripe' ? ['payment_disputed'] : []);
    // The last word about it: staff need not look any more.
    const [type, last] = { polar: ['refund.updated', 'succeeded'], stripe: ['charge.dispute.closed', 'won'] }[
      provider
    ] as [string, string];
    const [first] = await eventsAbout(test, String(moneyBack[0]?.['id']));
    const object = at(first?.payload, 'data', ...(provider === 'stripe' ? ['object'] : []));
    const body = eventBytes(provider, type, { ...(object as object), status: last });
    (await deliver(test, body, signatureOf(provider, body))).expect(202);
    await workedOff(test);
    const closed = await billingOf(person);
    expect(closed.moneyBack).toEqual([expect.objectContaining({ ...told, status: last, amount: '9900' })]);
    expect(closed.alerts).toEqual([]);
    expect(await subscriptionOf(person)).toMatchObject({ plan: 'pro', status: 'active' });
    (await person.call.post('/v1/export')).expect(200);
  });
});
