import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PolarClientError } from '@polar-sh/sdk';
import { createPolar, errors, webhooks } from '@polar-sh/sdk/2026-10';
import { after, startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

describe('the Polar stand-in, driven by the real SDK', () => {
  let sandbox: TestSandbox;
  let serial = 0;

  beforeAll(async () => {
    sandbox = await startSandbox();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => sandbox.forget());

  const types = (): string[] => sandbox.polarEndpoint.received.map((one) => one.type);
  const newCustomer = () => {
    serial += 1;
    return sandbox.polar.customers.create({
      email: `ada${serial}@example.com`,
      external_id: `owner-${serial}`,
    });
  };
  const buy = async (product: string, extra: { seats?: number; allow_trial?: boolean } = {}) => {
    const customer = await newCustomer();
    const checkout = await sandbox.polar.checkouts.create({
      products: [product],
      external_customer_id: `owner-${serial}`,
      success_url: 'http://localhost:1/done?id={CHECKOUT_ID}',
      ...extra,
    });
    await sandbox.control('POST', `/checkouts/${checkout.id}/pay`);
    const { items } = await sandbox.polar.subscriptions.list({ external_customer_id: `owner-${serial}` });
    const [subscription] = items;
    if (subscription === undefined) throw new Error('nothing was sold');
    return { customer, checkout, subscription };
  };

  it('refuses a wrong token with 401', async () => {
    const stranger = createPolar({ accessToken: 'wrong', baseUrl: `${sandbox.url}/polar` });
    await expect(stranger.products.list()).rejects.toMatchObject({ statusCode: 401 });
    await expect(stranger.products.list()).rejects.toBeInstanceOf(PolarClientError);
  });

  it('refuses a second customer with the same e-mail or external id, naming the field', async () => {
    const first = await newCustomer();
    const again = sandbox.polar.customers.create({ email: first.email ?? '', external_id: 'other' });
    await expect(again).rejects.toBeInstanceOf(errors.HTTPValidationError);
    await expect(again).rejects.toMatchObject({ error: { detail: [{ loc: ['body', 'email'] }] } });
    await expect(
      sandbox.polar.customers.create({ email: 'new@example.com', external_id: `owner-${serial}` }),
    ).rejects.toMatchObject({
      error: {
        detail: [{ loc: ['body', 'external_id'], msg: 'A customer with this external ID already exists.' }],
      },
    });
    const found = await sandbox.polar.customers.list({ email: first.email });
    expect(found.items.map((one) => one.id)).toEqual([first.id]);
  });

  it('keeps an external id once set', async () => {
    const customer = await newCustomer();
    await expect(
      sandbox.polar.customers.update(customer.id, { external_id: 'changed' }),
    ).rejects.toMatchObject({
      error: { detail: [{ msg: 'Customer external ID cannot be updated.' }] },
    });
  });

  it('answers 404 for what it does not know, inherited names included', async () => {
    await expect(sandbox.polar.customers.getExternal('nobody')).rejects.toBeInstanceOf(
      errors.ResourceNotFound,
    );
    await expect(sandbox.polar.products.get('constructor')).rejects.toBeInstanceOf(errors.ResourceNotFound);
    await expect(
      sandbox.polar.subscriptions.get('6b1f8a52-0000-4000-8000-000000000000'),
    ).rejects.toBeInstanceOf(errors.ResourceNotFound);
    await expect(sandbox.polar.subscriptions.get('nonsense')).rejects.toBeInstanceOf(
      errors.HTTPValidationError,
    );
  });

  it('pages its lists', async () => {
    const seen: string[] = [];
    for await (const product of sandbox.polar.products.iterList({ limit: 2 })) seen.push(product.id);
    expect(new Set(seen).size).toBe(5);
    const page = await sandbox.polar.products.list({ limit: 2, page: 3 });
    expect(page.pagination).toEqual({ total_count: 5, max_page: 3 });
    await expect(sandbox.polar.products.list({ limit: 101 })).rejects.toBeInstanceOf(
      errors.HTTPValidationError,
    );
  });

  it('sells through a checkout and tells so in signed events', async () => {
    const { checkout, subscription, customer } = await buy('polar_pro_monthly');
    expect(subscription).toMatchObject({
      status: 'active',
      amount: 9900,
      product_id: 'polar_pro_monthly',
      seats: null,
    });
    expect(subscription.customer.external_id).toBe(customer.external_id);
    expect(await sandbox.polar.checkouts.get(checkout.id)).toMatchObject({
      status: 'succeeded',
      subscription_id: subscription.id,
      success_url: `http://localhost:1/done?id=${checkout.id}`,
    });
    await sandbox.control('POST', '/webhooks/flush');
    expect(types()).toEqual([
      'customer.created',
      'checkout.created',
      'checkout.updated',
      'subscription.created',
      'subscription.active',
      'order.created',
      'order.updated',
      'order.paid',
      'customer.state_changed',
      'checkout.updated',
    ]);
    for (const { body, headers } of sandbox.polarEndpoint.received) {
      const event = await webhooks.validateEvent(body, headers as Record<string, string>, 'whsec_polar');
      expect(event).toMatchObject({ api_version: '2026-10', timestamp: expect.stringMatching(/\.\d{6}Z$/) });
    }
  });

  it('sells by seat: amount, seat bounds, and the customer becomes a team', async () => {
    const { subscription, customer } = await buy('polar_team_monthly', { seats: 5 });
    expect(subscription).toMatchObject({ seats: 5, amount: 15_000 });
    expect((await sandbox.polar.customers.get(customer.id)).type).toBe('team');
    const more = await sandbox.polar.subscriptions.update(subscription.id, { seats: 8 });
    expect(more).toMatchObject({ seats: 8, amount: 24_000 });
    await expect(sandbox.polar.subscriptions.update(subscription.id, { seats: 1001 })).rejects.toBeInstanceOf(
      errors.HTTPValidationError,
    );
  });

  it('cancels at period end and takes it back, refusing what Polar refuses meanwhile', async () => {
    const { subscription } = await buy('polar_pro_monthly');
    const { update } = sandbox.polar.subscriptions;
    await expect(update(subscription.id, { cancel_at_period_end: false })).rejects.toMatchObject({
      error: { error: 'SubscriptionNotScheduledToCancel' },
      statusCode: 409,
    });
    const canceled = await update(subscription.id, {
      cancel_at_period_end: true,
      customer_cancellation_reason: 'unused',
    });
    expect(canceled).toMatchObject({
      status: 'active',
      cancel_at_period_end: true,
      ends_at: subscription.current_period_end,
      canceled_at: expect.any(String),
      ended_at: null,
    });
    await expect(update(subscription.id, { cancel_at_period_end: true })).rejects.toMatchObject({
      error: { error: 'AlreadyCanceledSubscription' },
    });
    await expect(update(subscription.id, { product_id: 'polar_pro_yearly' })).rejects.toBeInstanceOf(
      errors.SubscriptionsUpdate403Error,
    );
    const back = await update(subscription.id, { cancel_at_period_end: false });
    expect(back).toMatchObject({ cancel_at_period_end: false, ends_at: null, canceled_at: null });
    await sandbox.control('POST', '/webhooks/flush');
    expect(types().filter((type) => type.startsWith('subscription.'))).toEqual([
      'subscription.created',
      'subscription.active',
      'subscription.updated',
      'subscription.canceled',
      'subscription.updated',
      'subscription.uncanceled',
    ]);
  });

  it('revokes at once, once, and leaves the period end where it was', async () => {
    const { subscription, customer } = await buy('polar_pro_monthly');
    const ended = await sandbox.polar.subscriptions.revoke(subscription.id);
    expect(ended).toMatchObject({ status: 'canceled', current_period_end: subscription.current_period_end });
    expect(ended.ended_at).not.toBeNull();
    await expect(sandbox.polar.subscriptions.revoke(subscription.id)).rejects.toBeInstanceOf(
      errors.AlreadyCanceledSubscription,
    );
    expect((await sandbox.polar.customers.getState(customer.id)).active_subscriptions).toEqual([]);
  });

  it('takes one variant of the update body and nothing beside it', async () => {
    const { subscription } = await buy('polar_pro_monthly');
    const patch = (body: unknown) =>
      fetch(`${sandbox.url}/polar/v1/subscriptions/${subscription.id}`, {
        method: 'PATCH',
        headers: { authorization: 'Bearer polar_oat_test', 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    for (const body of [
      { cancel_at_period_end: true, seats: 2 },
      { cancel_at_period_end: 'yes' },
      {},
      { nonsense: 1 },
      [1],
    ]) {
      expect((await patch(body)).status).toBe(422);
    }
  });

  it('postpones a change to the next period, and fails an immediate one when the card does', async () => {
    const { subscription } = await buy('polar_pro_yearly');
    const { update } = sandbox.polar.subscriptions;
    const later = await update(subscription.id, {
      product_id: 'polar_pro_monthly',
      proration_behavior: 'next_period',
    });
    expect(later).toMatchObject({
      product_id: 'polar_pro_yearly',
      pending_update: { product_id: 'polar_pro_monthly', applies_at: subscription.current_period_end },
    });
    expect(await update(subscription.id, { pending_update: null })).toMatchObject({ pending_update: null });
    const { subscription: monthly } = await buy('polar_pro_monthly');
    await sandbox.control('POST', `/subscriptions/${monthly.id}/fail-payment`, { when: 'next_renewal' });
    await expect(
      update(monthly.id, { product_id: 'polar_pro_yearly', proration_behavior: 'invoice' }),
    ).rejects.toMatchObject({ error: { error: 'PaymentFailed' } });
  });

  it('lets a customer have one live subscription', async () => {
    await buy('polar_pro_monthly');
    const second = await sandbox.polar.checkouts.create({
      products: ['polar_team_monthly'],
      external_customer_id: `owner-${serial}`,
    });
    expect((await sandbox.control('POST', `/checkouts/${second.id}/pay`)).status).toBe(409);
    expect((await sandbox.polar.checkouts.get(second.id)).status).toBe('open');
  });

  it('gives a trial unless told not to', async () => {
    const { subscription } = await buy('polar_trial_monthly');
    expect(subscription).toMatchObject({ status: 'trialing', current_period_end: subscription.trial_end });
    const { subscription: paid } = await buy('polar_trial_monthly', { allow_trial: false });
    expect(paid).toMatchObject({ status: 'active', trial_end: null });
  });

  it('deletes a customer with everything that runs, and frees the external id', async () => {
    const { subscription } = await buy('polar_pro_monthly');
    await sandbox.polar.customers.deleteExternal(`owner-${serial}`);
    expect(await sandbox.polar.subscriptions.get(subscription.id)).toMatchObject({ status: 'canceled' });
    await expect(sandbox.polar.customers.getExternal(`owner-${serial}`)).rejects.toBeInstanceOf(
      errors.ResourceNotFound,
    );
    await sandbox.polar.customers.create({ email: 'again@example.com', external_id: `owner-${serial}` });
  });

  it('opens a portal for a known customer only', async () => {
    await newCustomer();
    const session = await sandbox.polar.customerSessions.create({ external_customer_id: `owner-${serial}` });
    expect((await fetch(session.customer_portal_url)).status).toBe(200);
    await expect(
      sandbox.polar.customerSessions.create({ external_customer_id: 'nobody' }),
    ).rejects.toMatchObject({ error: { detail: [{ msg: 'Customer does not exist.' }] } });
  });

  it('counts a usage event once per external id', async () => {
    const event = {
      name: 'execution',
      external_customer_id: 'owner-1',
      external_id: 'use-1',
      metadata: { units: 3 },
    };
    expect(await sandbox.polar.events.ingest({ events: [event, event] })).toEqual({
      inserted: 1,
      duplicates: 1,
    });
    expect(await sandbox.polar.events.ingest({ events: [event] })).toEqual({ inserted: 0, duplicates: 1 });
  });

  it('refuses malformed and poisoned bodies with 4xx', async () => {
    const post = async (body: string): Promise<number> => {
      const headers = { authorization: 'Bearer polar_oat_test', 'content-type': 'application/json' };
      return (await fetch(`${sandbox.url}/polar/v1/customers/`, { method: 'POST', headers, body })).status;
    };
    expect(await post('{')).toBe(422);
    expect(await post('{"email":"a@example.com","metadata":{"__proto__":{"x":1}}}')).toBe(422);
    expect(await post('{"email":"a@example.com","name":"\\u0000"}')).toBe(422);
    expect(await post('null')).toBe(422);
    expect(await post(`"${'x'.repeat(2_000_000)}"`)).toBe(422);
  });

  it('renews, ends and lapses on its clock', async () => {
    const { subscription } = await buy('polar_pro_monthly');
    const { subscription: ending } = await buy('polar_pro_monthly');
    const { subscription: failing } = await buy('polar_pro_monthly');
    await sandbox.polar.subscriptions.update(ending.id, { cancel_at_period_end: true });
    await sandbox.control('POST', `/subscriptions/${failing.id}/fail-payment`, { when: 'next_renewal' });
    await sandbox.travel(after(ending.current_period_end, -1));
    expect((await sandbox.polar.subscriptions.get(ending.id)).status).toBe('active');
    await sandbox.travel(after(failing.current_period_end, 1));
    expect(await sandbox.polar.subscriptions.get(ending.id)).toMatchObject({
      status: 'canceled',
      ended_at: ending.current_period_end,
    });
    expect(await sandbox.polar.subscriptions.get(subscription.id)).toMatchObject({
      status: 'active',
      current_period_start: subscription.current_period_end,
    });
    const lapsed = await sandbox.polar.subscriptions.get(failing.id);
    expect(lapsed).toMatchObject({ status: 'past_due', past_due_at: failing.current_period_end });
    expect(Date.parse(lapsed.current_period_end)).toBeGreaterThan(Date.parse(failing.current_period_end));
    await sandbox.control('POST', `/subscriptions/${failing.id}/recover`);
    expect(await sandbox.polar.subscriptions.get(failing.id)).toMatchObject({
      status: 'active',
      past_due_at: null,
    });
  });
});
