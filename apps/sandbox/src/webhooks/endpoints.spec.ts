import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { webhooks as polarWebhooks } from '@polar-sh/sdk/2026-10';
import type Stripe from 'stripe';
import { HABITS } from '../habits.js';
import { buyStripe } from '../testing/buyers.js';
import { startReceiver, type Receiver } from '../testing/receiver.js';
import { after, startSandbox, type TestSandbox } from '../testing/start-sandbox.js';

describe('webhook endpoints', () => {
  let sandbox: TestSandbox;
  let second: Receiver;

  beforeEach(async () => {
    sandbox = await startSandbox();
    second = await startReceiver();
    await sandbox.control('PUT', '/clock', { freeze: true });
  });
  afterEach(async () => {
    await sandbox.close();
    await second.close();
  });

  const emit = (type: string, provider = 'polar', data: unknown = { id: 'x' }) =>
    sandbox.control('POST', '/webhooks/emit', { provider, type, data });
  const states = async (): Promise<string[]> =>
    ((await sandbox.control('GET', '/webhooks')).body['events'] as { state: string }[]).map(
      (one) => one.state,
    );

  it('sends to every endpoint that wants the type: another id at Polar, the same at Stripe', async () => {
    const added = await sandbox.polar.webhooks.createWebhookEndpoint({
      url: second.url,
      format: 'raw',
      events: ['order.paid'],
      api_version: '2026-04',
    });
    const stripeEndpoint = await sandbox.stripe.webhookEndpoints.create({
      url: second.url,
      enabled_events: ['invoice.paid'],
    });
    for (const type of ['order.paid', 'order.created']) await emit(type);
    for (const type of ['invoice.paid', 'invoice.created']) await emit(type, 'stripe');
    await sandbox.control('POST', '/webhooks/flush');
    expect(sandbox.polarEndpoint.received.map((one) => one.type)).toEqual(['order.paid', 'order.created']);
    expect(second.received.map((one) => one.type)).toEqual(['order.paid', 'invoice.paid']);
    const [polar, stripe] = second.received;
    expect(polar?.headers['webhook-id']).not.toBe(sandbox.polarEndpoint.received[0]?.headers['webhook-id']);
    await polarWebhooks.validateEvent(
      polar?.body ?? '',
      polar?.headers as Record<string, string>,
      added.secret,
    );
    expect(JSON.parse(polar?.body ?? '{}')).toMatchObject({ api_version: '2026-04' });
    const event = sandbox.stripe.webhooks.constructEvent(
      stripe?.body ?? '',
      String(stripe?.headers['stripe-signature']),
      stripeEndpoint.secret ?? '',
    );
    expect(JSON.parse(sandbox.stripeEndpoint.received[0]?.body ?? '{}')).toMatchObject({ id: event.id });
  });

  it('lists, changes and deletes endpoints, and shows a Stripe secret only once', async () => {
    const { items } = await sandbox.polar.webhooks.listWebhookEndpoints();
    expect(items).toMatchObject([
      { id: HABITS.polar.configuredEndpoint, api_version: '2026-10', enabled: true },
    ]);
    expect(items[0]?.events).toHaveLength(42);
    const made = await sandbox.stripe.webhookEndpoints.create({ url: second.url, enabled_events: ['*'] });
    expect(made.secret).toMatch(/^whsec_/);
    expect((await sandbox.stripe.webhookEndpoints.retrieve(made.id)).secret).toBeUndefined();
    expect(await sandbox.stripe.webhookEndpoints.update(made.id, { disabled: true })).toMatchObject({
      status: 'disabled',
    });
    await sandbox.stripe.webhookEndpoints.del(made.id);
    const left = await sandbox.stripe.webhookEndpoints.list();
    expect(left.data.map((one) => one.id)).toEqual([HABITS.stripe.configuredEndpoint]);
  });

  it('renders the shape of the endpoint’s version: period on the subscription, subscription on the invoice', async () => {
    await sandbox.stripe.webhookEndpoints.create({
      url: second.url,
      enabled_events: ['customer.subscription.updated', 'invoice.paid'],
      api_version: '2024-06-20',
    });
    const { subscription, periodEnd } = await buyStripe(sandbox, 'price_team_monthly', 3);
    await sandbox.control('POST', '/webhooks/flush');
    const old = Object.fromEntries(
      second.received.map((one) => [
        one.type,
        JSON.parse(one.body) as { data: { object: Record<string, unknown> } },
      ]),
    );
    expect(old['customer.subscription.updated']).toMatchObject({
      api_version: '2024-06-20',
      data: { object: { id: subscription.id, current_period_end: periodEnd, quantity: 3 } },
    });
    const items = old['customer.subscription.updated']?.data.object['items'] as { data: object[] };
    expect(items.data[0]).not.toHaveProperty('current_period_end');
    expect(old['invoice.paid']?.data.object).toMatchObject({ subscription: subscription.id, paid: true });
    expect(old['invoice.paid']?.data.object).not.toHaveProperty('parent');
    const now = sandbox.stripeEndpoint.received.find((one) => one.type === 'invoice.paid');
    const event = JSON.parse(now?.body ?? '{}') as Stripe.Event;
    expect(event.data.object).toMatchObject({
      parent: { subscription_details: { subscription: subscription.id } },
    });
  });

  it('signs with both secrets while one is rotated out, then with the new one alone', async () => {
    const now = String((await sandbox.control('GET', '/clock')).body['now']);
    await sandbox.control('POST', `/endpoints/${HABITS.polar.configuredEndpoint}/rotate-secret`, {
      secret: 'whsec_new',
      overlapSeconds: 60,
    });
    await emit('order.paid');
    await sandbox.travel(after(now, 61));
    await emit('order.paid');
    await sandbox.control('POST', '/webhooks/flush');
    const accepted = async (index: number, secret: string): Promise<boolean> => {
      const one = sandbox.polarEndpoint.received[index];
      return polarWebhooks
        .validateEvent(one?.body ?? '', one?.headers as Record<string, string>, secret)
        .then(() => true)
        .catch(() => false);
    };
    expect([await accepted(0, 'whsec_new'), await accepted(0, 'whsec_polar')]).toEqual([true, true]);
    expect([await accepted(1, 'whsec_new'), await accepted(1, 'whsec_polar')]).toEqual([true, false]);
  });

  it('switches a Polar endpoint off after ten failed events in a row; what waited is lost, until it is on again', async () => {
    const now = String((await sandbox.control('GET', '/clock')).body['now']);
    sandbox.polarEndpoint.status = 500;
    for (let index = 0; index < 9; index += 1) await emit('order.paid');
    await sandbox.travel(after(now, 7200));
    expect(await states()).toEqual(Array.from({ length: 9 }, () => 'failed'));
    const enabled = async (): Promise<unknown> =>
      (await sandbox.polar.webhooks.getWebhookEndpoint(HABITS.polar.configuredEndpoint)).enabled;
    expect(await enabled()).toBe(true);
    await emit('order.paid');
    await sandbox.travel(after(now, 7201));
    await sandbox.travel(after(now, 7800));
    await emit('order.created');
    await sandbox.travel(after(now, 14_400));
    expect(await enabled()).toBe(false);
    expect((await states()).slice(-2)).toEqual(['failed', 'skipped']);
    await emit('order.updated');
    expect((await states()).at(-1)).toBe('skipped');
    sandbox.polarEndpoint.status = 204;
    await sandbox.control('PATCH', `/endpoints/${HABITS.polar.configuredEndpoint}`, { enabled: true });
    await emit('order.refunded');
    await sandbox.control('POST', '/webhooks/flush');
    expect((await states()).slice(-2)).toEqual(['skipped', 'delivered']);
  });

  it('drops, repeats and reorders the next events as planned, and then no more', async () => {
    await sandbox.control('POST', '/webhooks/next', { provider: 'polar', drop: 1, duplicate: 1 });
    for (const type of ['order.created', 'order.updated', 'order.paid']) await emit(type);
    await sandbox.control('POST', '/webhooks/flush');
    const types = (): string[] => sandbox.polarEndpoint.received.map((one) => one.type);
    expect(types()).toEqual(['order.updated', 'order.updated', 'order.paid']);
    sandbox.polarEndpoint.received.length = 0;
    await sandbox.control('POST', '/webhooks/next', { provider: 'polar', reorder: 3 });
    await emit('order.created');
    await emit('order.updated');
    await sandbox.control('PUT', '/clock', { freeze: true });
    expect(types()).toEqual([]);
    await emit('order.paid');
    await emit('order.refunded');
    await sandbox.control('PUT', '/clock', { freeze: true });
    expect(types()).toEqual(['order.paid', 'order.updated', 'order.created', 'order.refunded']);
  });
});
