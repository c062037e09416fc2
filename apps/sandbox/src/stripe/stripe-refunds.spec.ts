import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { buyStripe, moneyOf } from '../testing/buyers.js';
import { startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

describe('Stripe’s refunds, disputes and events, through the real SDK', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.forget());

  const types = (): Promise<string[]> => sandbox.typesAt(sandbox.stripeEndpoint);

  it('refunds and disputes without ending anything, and ties the charge to its invoice by the payment', async () => {
    const { subscription } = await buyStripe(sandbox, 'price_pro_monthly');
    await sandbox.forget();
    await sandbox.control('POST', `/subscriptions/${subscription.id}/refund`, { amount: 4000 });
    expect(await types()).toEqual(['refund.created', 'charge.refunded']);
    const event = JSON.parse(sandbox.stripeEndpoint.received[1]?.body ?? '{}') as {
      data: { object: { id: string; payment_intent: string } };
    };
    const { payment_intent: intent, id } = event.data.object;
    const payments = await sandbox.stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent },
    });
    expect(payments.data.map((one) => one.invoice)).toEqual([subscription.latest_invoice]);
    expect(await sandbox.stripe.charges.retrieve(id)).toMatchObject({
      amount_refunded: 4000,
      refunded: false,
    });
    await expect(sandbox.stripe.refunds.create({ charge: id, amount: 9000 })).rejects.toMatchObject({
      statusCode: 400,
    });
    await sandbox.stripe.refunds.create({ charge: id });
    await expect(sandbox.stripe.refunds.create({ charge: id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    await sandbox.control('POST', `/subscriptions/${subscription.id}/dispute`);
    expect(await types()).toContain('charge.dispute.created');
    expect((await sandbox.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
    expect(await moneyOf(sandbox, subscription.id)).toEqual({
      charge_usd: 9900,
      refund_usd: 9900,
      dispute_usd: 9900,
    });
  });

  it('lists its events by type and time', async () => {
    const { subscription } = await buyStripe(sandbox, 'price_pro_monthly');
    const found = await sandbox.stripe.events.list({
      types: ['customer.subscription.created', 'customer.subscription.updated'],
      created: { gte: subscription.created },
      limit: 2,
    });
    expect(found.data.map((one) => one.type)).toEqual([
      'customer.subscription.updated',
      'customer.subscription.created',
    ]);
    expect(await sandbox.stripe.events.retrieve(found.data[0]?.id ?? '')).toMatchObject({
      data: { object: { id: subscription.id } },
    });
    const later = await sandbox.stripe.events.list({ created: { gt: subscription.created + 10 } });
    expect(later.data).toEqual([]);
  });

  it('renews from 31 January on the last day of each shorter month', async () => {
    await sandbox.travel('2027-01-31T12:00:00Z');
    const { subscription, periodEnd } = await buyStripe(sandbox, 'price_pro_monthly');
    const ends = [periodEnd];
    for (let turn = 0; turn < 2; turn += 1) {
      await sandbox.travel(new Date((ends.at(-1) ?? 0) * 1000).toISOString());
      const now = await sandbox.stripe.subscriptions.retrieve(subscription.id);
      ends.push(now.items.data[0]?.current_period_end ?? 0);
    }
    expect(ends.map((end) => new Date(end * 1000).toISOString().slice(0, 10))).toEqual([
      '2027-02-28',
      '2027-03-31',
      '2027-04-30',
    ]);
  });

  it.each([
    ['succeeds', 'checkout.session.async_payment_succeeded', 'active', 'paid'],
    ['fails', 'checkout.session.async_payment_failed', 'past_due', 'unpaid'],
  ])(
    'completes a checkout unpaid when the money comes later, which then %s',
    async (end, type, status, paid) => {
      const { stripe } = sandbox;
      const customer = await stripe.customers.create({ email: 'bank@example.com' });
      const checkout = await stripe.checkout.sessions.create({
        mode: 'subscription',
        customer: customer.id,
        line_items: [{ price: 'price_pro_monthly', quantity: 1 }],
        success_url: 'http://localhost:1/done',
        managed_payments: { enabled: true },
      });
      await sandbox.control('POST', `/checkouts/${checkout.id}/pay-later`);
      const complete = await stripe.checkout.sessions.retrieve(checkout.id);
      expect(complete).toMatchObject({ status: 'complete', payment_status: 'unpaid' });
      const [{ id } = { id: '' }] = (await stripe.subscriptions.list({ customer: customer.id })).data;
      expect((await stripe.subscriptions.retrieve(id)).status).toBe('active');
      await sandbox.control('POST', `/checkouts/${checkout.id}/settle`, { end });
      expect((await stripe.subscriptions.retrieve(id)).status).toBe(status);
      expect((await stripe.checkout.sessions.retrieve(checkout.id)).payment_status).toBe(paid);
      expect(await types()).toContain(type);
      const open = await stripe.checkout.sessions.create({
        mode: 'subscription',
        line_items: [{ price: 'price_pro_monthly', quantity: 1 }],
        success_url: 'http://localhost:1/done',
      });
      expect((await sandbox.control('POST', `/checkouts/${open.id}/settle`, { end })).status).toBe(409);
    },
  );
});
