import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import Stripe from 'stripe';
import { startSandbox, stripeClient, type TestSandbox } from '../testing/start-sandbox.js';

const MANAGED = { managed_payments: { enabled: true } };

describe('the Stripe stand-in, driven by the real SDK', () => {
  let sandbox: TestSandbox;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.forget());

  const session = (
    extra: Partial<Stripe.Checkout.SessionCreateParams> = {},
  ): Stripe.Checkout.SessionCreateParams => ({
    mode: 'subscription',
    line_items: [{ price: 'price_pro_monthly', quantity: 1 }],
    success_url: 'http://localhost:1/done?s={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://localhost:1/back',
    ...MANAGED,
    ...extra,
  });
  const buy = async (extra: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
    const customer = await sandbox.stripe.customers.create({
      email: 'ada@example.com',
      metadata: { owner_id: 'o1' },
    });
    const checkout = await sandbox.stripe.checkout.sessions.create(
      session({ customer: customer.id, ...extra }),
    );
    await sandbox.control('POST', `/checkouts/${checkout.id}/pay`);
    const [subscription] = (await sandbox.stripe.subscriptions.list({ customer: customer.id })).data;
    if (subscription === undefined) throw new Error('nothing was sold');
    return { customer, checkout, subscription };
  };

  it('refuses a wrong key with 401', async () => {
    await expect(stripeClient(sandbox.url, 'sk_test_other').prices.list()).rejects.toBeInstanceOf(
      Stripe.errors.StripeAuthenticationError,
    );
  });

  it('lists prices by lookup key with their product', async () => {
    const found = await sandbox.stripe.prices.list({
      lookup_keys: ['pro_monthly', 'pro_yearly'],
      active: true,
      expand: ['data.product'],
      limit: 100,
    });
    expect(Object.fromEntries(found.data.map((price) => [price.lookup_key, price.unit_amount]))).toEqual({
      pro_monthly: 9900,
      pro_yearly: 99_900,
    });
    expect(found.data[0]?.product).toMatchObject({ id: 'prod_pro', name: 'Pro', metadata: { plan: 'pro' } });
    expect(String(found.data.find((price) => price.lookup_key === 'pro_monthly')?.unit_amount_decimal)).toBe(
      '9900',
    );
  });

  it('pages its lists as auto-paging needs it', async () => {
    const seen: string[] = [];
    for await (const price of sandbox.stripe.prices.list({ limit: 2 })) seen.push(price.id);
    expect(new Set(seen).size).toBe(5);
    await expect(sandbox.stripe.prices.list({ limit: 101 })).rejects.toBeInstanceOf(
      Stripe.errors.StripeInvalidRequestError,
    );
  });

  it('answers resource_missing and parameter_unknown with the parameter', async () => {
    await expect(sandbox.stripe.customers.retrieve('cus_nobody')).rejects.toMatchObject({
      code: 'resource_missing',
    });
    await expect(sandbox.stripe.subscriptions.retrieve('constructor')).rejects.toMatchObject({
      statusCode: 404,
    });
    const wrong: object = { colour: 'blue' };
    await expect(sandbox.stripe.customers.create(wrong)).rejects.toMatchObject({
      code: 'parameter_unknown',
      param: 'colour',
    });
  });

  it('sells through a session and tells so in signed events', async () => {
    const { checkout, subscription } = await buy({ subscription_data: { metadata: { owner_id: 'o1' } } });
    expect(checkout.managed_payments).toEqual({ enabled: true });
    expect(subscription).toMatchObject({
      status: 'active',
      managed_payments: { enabled: true },
      metadata: { owner_id: 'o1' },
      billing_mode: { type: 'flexible' },
    });
    expect(subscription).not.toHaveProperty('current_period_end');
    const [item] = subscription.items.data;
    expect(item?.current_period_end).toBeGreaterThan(item?.current_period_start ?? Infinity);
    expect(await sandbox.stripe.checkout.sessions.retrieve(checkout.id)).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      subscription: subscription.id,
    });
    await sandbox.control('POST', '/webhooks/flush');
    const events = sandbox.stripeEndpoint.received.map(({ body, headers }) =>
      sandbox.stripe.webhooks.constructEvent(body, String(headers['stripe-signature']), 'whsec_stripe'),
    );
    expect(events.map((event) => event.type)).toEqual([
      'customer.created',
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
      'customer.subscription.updated',
      'checkout.session.completed',
    ]);
    expect(events[1]?.data.object).toMatchObject({ status: 'incomplete' });
    expect(events[6]?.data.previous_attributes).toMatchObject({ status: 'incomplete' });
    expect(events[4]?.data.object).toMatchObject({
      parent: { subscription_details: { subscription: subscription.id } },
      total: 9900,
    });
    expect(events.every((event) => event.api_version === '2026-10-28.endive')).toBe(true);
  });

  it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>]>([
    ['automatic_tax', { automatic_tax: { enabled: true } }],
    ['tax_id_collection', { tax_id_collection: { enabled: true } }],
    ['payment_method_collection', { payment_method_collection: 'always' }],
    ['customer_update[name]', { customer_update: { name: 'auto' } }],
    ['custom_text', { custom_text: { submit: { message: 'hi' } } }],
  ])('refuses %s under Managed Payments, and only there', async (name, extra) => {
    await expect(sandbox.stripe.checkout.sessions.create(session(extra))).rejects.toMatchObject({
      statusCode: 400,
      message: `Unsupported parameter: ${name}`,
    });
    const own = await sandbox.stripe.checkout.sessions.create(
      session({ ...extra, managed_payments: { enabled: false } }),
    );
    expect(own.managed_payments).toEqual({ enabled: false });
  });

  it('needs a tax code under Managed Payments', async () => {
    const lines = { line_items: [{ price: 'price_untaxed_monthly', quantity: 1 }] };
    await expect(sandbox.stripe.checkout.sessions.create(session(lines))).rejects.toMatchObject({
      statusCode: 400,
      message: expect.stringContaining('product tax code is missing'),
    });
    await sandbox.stripe.checkout.sessions.create(
      session({ ...lines, managed_payments: { enabled: false } }),
    );
  });

  it('creates subscriptions directly, but never under Managed Payments', async () => {
    const customer = await sandbox.stripe.customers.create({ email: 'direct@example.com' });
    const direct = { customer: customer.id, items: [{ price: 'price_team_monthly', quantity: 4 }] };
    const made = await sandbox.stripe.subscriptions.create(direct);
    expect(made).toMatchObject({ status: 'active', managed_payments: { enabled: false } });
    expect(made.items.data[0]?.quantity).toBe(4);
    const managed: Stripe.SubscriptionCreateParams = { ...direct, ...MANAGED };
    await expect(sandbox.stripe.subscriptions.create(managed)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('replays an idempotency key, and refuses it for anything else', async () => {
    const key = { idempotencyKey: 'intent-1' };
    const first = await sandbox.stripe.customers.create({ email: 'once@example.com' }, key);
    const again = await sandbox.stripe.customers.create({ email: 'once@example.com' }, key);
    expect(again.id).toBe(first.id);
    expect((await sandbox.stripe.customers.list({ email: 'once@example.com' })).data).toHaveLength(1);
    await expect(sandbox.stripe.customers.create({ email: 'twice@example.com' }, key)).rejects.toBeInstanceOf(
      Stripe.errors.StripeIdempotencyError,
    );
  });

  it('cancels from the portal through cancel_at alone, and by API with both', async () => {
    const { subscription } = await buy();
    const end = subscription.items.data[0]?.current_period_end;
    await sandbox.control('POST', `/subscriptions/${subscription.id}/cancel`);
    const { subscriptions } = sandbox.stripe;
    expect(await subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'active',
      cancel_at: end,
      cancel_at_period_end: false,
    });
    expect(await subscriptions.update(subscription.id, { cancel_at_period_end: false })).toMatchObject({
      cancel_at: end,
    });
    expect(await subscriptions.update(subscription.id, { cancel_at: '' })).toMatchObject({
      cancel_at: null,
      canceled_at: null,
    });
    expect(await subscriptions.update(subscription.id, { cancel_at_period_end: true })).toMatchObject({
      cancel_at: end,
      cancel_at_period_end: true,
    });
    expect(await subscriptions.update(subscription.id, { cancel_at_period_end: false })).toMatchObject({
      cancel_at: null,
      cancel_at_period_end: false,
    });
  });

  it('changes a refused update not at all', async () => {
    const { subscription } = await buy();
    await expect(
      sandbox.stripe.subscriptions.update(subscription.id, { metadata: { x: '1' }, cancel_at: 1 }),
    ).rejects.toMatchObject({ statusCode: 400 });
    expect((await sandbox.stripe.subscriptions.retrieve(subscription.id)).metadata).toEqual({});
  });

  it('ends at once, once', async () => {
    const { subscription, customer } = await buy();
    const ended = await sandbox.stripe.subscriptions.cancel(subscription.id);
    expect(ended).toMatchObject({ status: 'canceled', ended_at: expect.any(Number) });
    await expect(sandbox.stripe.subscriptions.cancel(subscription.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
    await expect(
      sandbox.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }),
    ).rejects.toMatchObject({ statusCode: 400 });
    expect((await sandbox.stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
    expect(
      (await sandbox.stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data,
    ).toHaveLength(1);
  });

  it('changes price and quantity by item id, adds a second item without one, and fails on a failing card', async () => {
    const { subscription } = await buy({ line_items: [{ price: 'price_team_monthly', quantity: 2 }] });
    const item = subscription.items.data[0]?.id ?? '';
    const { update } = sandbox.stripe.subscriptions;
    const grown = await sandbox.stripe.subscriptions.update(subscription.id, {
      items: [{ id: item, quantity: 6 }],
    });
    expect(grown.items.data).toMatchObject([{ id: item, quantity: 6 }]);
    const doubled = await update.call(sandbox.stripe.subscriptions, subscription.id, {
      items: [{ price: 'price_pro_monthly' }],
    });
    expect(doubled.items.data).toHaveLength(2);
    await sandbox.control('POST', `/subscriptions/${subscription.id}/fail-payment`, { when: 'next_renewal' });
    await expect(
      sandbox.stripe.subscriptions.update(subscription.id, {
        items: [{ id: item, quantity: 9 }],
        proration_behavior: 'always_invoice',
        payment_behavior: 'error_if_incomplete',
      }),
    ).rejects.toBeInstanceOf(Stripe.errors.StripeCardError);
    expect((await sandbox.stripe.subscriptions.retrieve(subscription.id)).items.data[0]?.quantity).toBe(6);
  });

  it('expires an open session, whose page then says so', async () => {
    const open = await sandbox.stripe.checkout.sessions.create(session());
    expect(open.url).toBe(`${sandbox.url}/checkout/${open.id}`);
    expect(await sandbox.stripe.checkout.sessions.expire(open.id)).toMatchObject({
      status: 'expired',
      url: null,
    });
    expect((await fetch(`${sandbox.url}/checkout/${open.id}`)).status).toBe(410);
    await expect(sandbox.stripe.checkout.sessions.expire(open.id)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('opens a portal for a known customer only', async () => {
    const { customer } = await buy();
    const portal = await sandbox.stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: 'http://localhost:1/settings',
    });
    expect((await fetch(portal.url)).status).toBe(200);
    await expect(sandbox.stripe.billingPortal.sessions.create({ customer: 'cus_x' })).rejects.toMatchObject({
      code: 'resource_missing',
    });
  });

  it('counts a meter event once per identifier', async () => {
    const event = {
      event_name: 'executions',
      identifier: 'use-1',
      payload: { stripe_customer_id: 'cus_1', value: '3' },
    };
    expect((await sandbox.stripe.billing.meterEvents.create(event)).identifier).toBe('use-1');
    await expect(sandbox.stripe.billing.meterEvents.create(event)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('deletes a customer with everything that runs', async () => {
    const { customer, subscription } = await buy();
    expect(await sandbox.stripe.customers.del(customer.id)).toMatchObject({ deleted: true });
    expect(await sandbox.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      status: 'canceled',
    });
    expect(await sandbox.stripe.customers.retrieve(customer.id)).toEqual(
      expect.objectContaining({ deleted: true }),
    );
  });

  it('renews, warns of a trial ending, lapses and ends on its clock', async () => {
    const { subscription: renewing } = await buy();
    const { subscription: ending } = await buy();
    const { subscription: trial } = await buy({ subscription_data: { trial_period_days: 14 } });
    expect(trial.status).toBe('trialing');
    await sandbox.control('POST', `/subscriptions/${ending.id}/cancel`);
    await sandbox.control('POST', `/subscriptions/${trial.id}/fail-payment`, { when: 'next_renewal' });
    sandbox.stripeEndpoint.received.length = 0;
    const end = ending.items.data[0]?.current_period_end ?? 0;
    const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
    const { subscriptions } = sandbox.stripe;
    await sandbox.travel(iso((trial.trial_end ?? 0) + 1));
    expect(await subscriptions.retrieve(trial.id)).toMatchObject({ status: 'past_due' });
    await sandbox.travel(iso(end - 1));
    expect((await subscriptions.retrieve(ending.id)).status).toBe('active');
    await sandbox.travel(iso(end + 5));
    expect(await subscriptions.retrieve(ending.id)).toMatchObject({ status: 'canceled', ended_at: end });
    const renewed = await subscriptions.retrieve(renewing.id, { expand: ['latest_invoice'] });
    expect(renewed.items.data[0]?.current_period_start).toBe(renewing.items.data[0]?.current_period_end);
    expect(renewed.latest_invoice).toMatchObject({ billing_reason: 'subscription_cycle', status: 'paid' });
    const seen = new Set(sandbox.stripeEndpoint.received.map((one) => one.type));
    for (const type of [
      'customer.subscription.trial_will_end',
      'invoice.payment_failed',
      'customer.subscription.deleted',
    ]) {
      expect(seen).toContain(type);
    }
  });
});
