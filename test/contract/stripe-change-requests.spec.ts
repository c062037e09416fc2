import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Proration } from '../../libs/billing/src/providers/provider-changes.js';
import { StripeProvider } from '../../libs/billing/src/providers/stripe/stripe.provider.js';
import { fixture } from '../fixtures/providers/read-fixture.js';
import { AnswerStub, type StubAnswer } from './answer-stub.js';
import { outcomeOf } from './outcome.js';

const json = (value: unknown, status = 200): StubAnswer => ({ status, body: JSON.stringify(value) });
const failure = (status: number, error: Record<string, string>): StubAnswer => json({ error }, status);
const known = fixture('stripe/subscription-2026-10-28.endive');
const id = String(known['id']);
/** Of the fixture: the plan's item is not the first one, and has three seats. */
const PLAN_ITEM = 'si_plan';
const PAUSED = { status: 'paused' };
const CANCELING = { cancel_at_period_end: true, cancel_at: 1_799_999_999 };
const PAID_FOR = new Date(1_764_490_529_000);
const PERIOD_OVER = new Date(1_764_490_530_000);
/** Neither a new period nor a bill for the rest of this one. */
const UNCHANGED = { 'billing_cycle_anchor[type]': 'unchanged', proration_behavior: 'none' };

describe('what the Stripe adapter asks for when something changes', () => {
  let stub: AnswerStub;
  const stripe = (managedPayments = true): StripeProvider =>
    new StripeProvider({
      secretKey: 'sk_test_1',
      webhookSecrets: ['whsec_1'],
      baseUrl: stub.url,
      managedPayments,
    });
  beforeAll(async () => {
    stub = await AnswerStub.start();
  });
  afterAll(() => stub.stop());
  const asked = (): string[] => stub.calls.map((call) => `${call.method} ${call.path.split('?')[0]}`);
  const form = (index: number): Record<string, string> =>
    Object.fromEntries(new URLSearchParams(stub.calls[index]?.body ?? ''));
  const seats = (proration: Proration, count = 5) => ({
    seats: count,
    when: 'now' as const,
    proration,
    intentKey: `owner-1:${count}`,
  });

  it('FX-31: is one update of the plan’s own item under one idempotency key, also after a lost answer', async () => {
    stub.answer(json(known), { broken: 'reset' }, { status: 500, body: '{}' }, json(known));
    await stripe().setSeats(id, seats('next_invoice'));
    const update = `POST /v1/subscriptions/${id}`;
    expect(asked()).toEqual([`GET /v1/subscriptions/${id}`, update, update, update]);
    expect(form(1)).toMatchObject({ 'items[0][id]': PLAN_ITEM, 'items[0][quantity]': '5' });
    expect(form(1)).not.toHaveProperty('items[1][id]');
    const keys = stub.calls.slice(1).map(({ headers }) => headers['idempotency-key']);
    expect(new Set(keys)).toEqual(new Set([`change:${id}:owner-1:5`]));
  });

  it('FX-31: is nothing when the seats stand as wished, however old the intent is', async () => {
    stub.answer(json(known));
    expect(await stripe().setSeats(id, seats('next_invoice', 3))).toMatchObject({ seats: 3 });
    expect(asked()).toEqual([`GET /v1/subscriptions/${id}`]);
  });

  it.each<[Proration, string]>([
    ['next_invoice', 'create_prorations'],
    ['invoice_now', 'always_invoice'],
    ['none', 'none'],
  ])('FX-32: carries the proration %s as %s, and changes nothing unpaid', async (proration, word) => {
    stub.answer(json(known));
    await stripe().setSeats(id, seats(proration));
    expect(form(1)).toMatchObject({ proration_behavior: word, payment_behavior: 'error_if_incomplete' });
  });

  it.each([
    [402, { type: 'card_error', code: 'card_declined' }, 'payment_failed'],
    [409, { type: 'invalid_request_error', code: 'lock_timeout' }, 'locked'],
    [429, { type: 'invalid_request_error', code: 'lock_timeout' }, 'locked'],
    [400, { type: 'idempotency_error' }, 'key_reused'],
    [400, { type: 'invalid_request_error', code: 'resource_missing' }, 'not_found'],
    [400, { type: 'invalid_request_error', code: 'parameter_unknown' }, 'invalid'],
    [401, { type: 'invalid_request_error' }, 'credentials'],
  ])('is not asked twice when Stripe says %s %j: %s', async (status, error, reason) => {
    stub.answer(json(known), failure(status, error));
    expect(await outcomeOf(stripe().setSeats(id, seats('next_invoice')))).toMatchObject({
      code: 'provider_refused',
      reason,
      details: { reason },
    });
    expect(stub.calls).toHaveLength(2);
  });

  it('lifts a cancel that the portal set by date as well', async () => {
    const scheduled = { ...known, cancel_at: 1_799_999_999 };
    stub.answer(json(scheduled), json(scheduled), json(known));
    expect(await stripe().undoCancel(id, 'command-1')).toMatchObject({ cancelAt: null });
    expect(form(1)).toMatchObject({ cancel_at_period_end: 'false' });
    expect(form(2)).toMatchObject({ cancel_at: '' });
  });

  it('SB-16, SB-18: is a subscription that waits for its payment, with owner and confirmation secret', async () => {
    const latest_invoice = {
      id: 'in_1',
      confirmation_secret: { type: 'payment_intent', client_secret: 'cs_secret' },
    };
    stub.answer(json({ ...known, status: 'incomplete', latest_invoice }));
    const wish = {
      ownerId: 'owner-1',
      customerId: 'cus_1',
      priceRef: 'price_1',
      seats: null,
      trialDays: null,
    };
    const created = await stripe(false).createSubscription({ ...wish, intentKey: 'first' });
    expect(created).toEqual({ subscriptionId: id, clientSecret: 'cs_secret' });
    expect(asked()).toEqual(['POST /v1/subscriptions']);
    expect(form(0)).toEqual({
      customer: 'cus_1',
      'items[0][price]': 'price_1',
      'items[0][quantity]': '1',
      payment_behavior: 'default_incomplete',
      'metadata[owner_id]': 'owner-1',
      'expand[0]': 'latest_invoice.confirmation_secret',
      'expand[1]': 'pending_setup_intent',
    });
    expect(stub.calls[0]?.headers).toMatchObject({ 'idempotency-key': 'subscription:first' });
  });

  it('C13: is a trial that ends without a card by its cancellation', async () => {
    stub.answer(json({ ...known, status: 'trialing' }));
    const wish = { ownerId: 'owner-1', customerId: 'cus_1', priceRef: 'price_1', seats: null, trialDays: 14 };
    await stripe(false).createSubscription({ ...wish, intentKey: 'trial' });
    expect(form(0)).toMatchObject({
      trial_period_days: '14',
      'trial_settings[end_behavior][missing_payment_method]': 'cancel',
    });
  });

  it('C13: asks for nothing at all when Managed Payments are on, where only a checkout sells', async () => {
    stub.answer(json(known));
    const wish = {
      ownerId: 'owner-1',
      customerId: 'cus_1',
      priceRef: 'price_1',
      seats: null,
      trialDays: null,
    };
    expect(await outcomeOf(stripe(true).createSubscription({ ...wish, intentKey: 'x' }))).toMatchObject({
      kind: 'conflict',
      code: 'checkout_required',
    });
    expect(stub.calls).toEqual([]);
  });

  it('GO-03: has Managed Payments on in a checkout, with the trial that was decided and nothing they forbid', async () => {
    stub.answer(
      json({
        id: 'cs_1',
        url: 'https://s.example/',
        expires_at: 1_900_000_000,
        managed_payments: { enabled: true },
      }),
    );
    const order = {
      checkoutId: 'ours',
      ownerId: 'o',
      customerId: 'cus_1',
      plan: 'pro',
      interval: 'month' as const,
    };
    const urls = { successUrl: 'https://app.example/done', cancelUrl: 'https://app.example/' };
    await stripe().createCheckout({ ...order, ...urls, priceRef: 'price_1', seats: null, trialDays: 14 });
    expect(form(0)).toMatchObject({
      'managed_payments[enabled]': 'true',
      'subscription_data[trial_period_days]': '14',
    });
    const forbidden =
      /automatic_tax|tax_id|tax_rates|payment_method|saved_payment|customer_update|adaptive|shipping|custom_text|invoice_creation|on_behalf|transfer|application_fee/;
    expect(Object.keys(form(0)).filter((key) => forbidden.test(key))).toEqual([]);
  });

  it('C6, SB-32: is a billing meter event with our id and the quantity as text', async () => {
    stub.answer(json({ object: 'billing.meter_event', identifier: 'u1' }));
    const at = new Date('2026-11-20T10:00:00.900Z');
    await stripe().reportUsage([{ id: 'u1', meter: 'executions', customerId: 'cus_1', quantity: 7n, at }]);
    expect(asked()).toEqual(['POST /v1/billing/meter_events']);
    expect(form(0)).toEqual({
      event_name: 'executions',
      identifier: 'u1',
      timestamp: '1795168800',
      'payload[stripe_customer_id]': 'cus_1',
      'payload[value]': '7',
    });
  });

  it('SB-32: tells what was counted, what was known and what nobody knows, each by itself', async () => {
    const report = (one: string) => ({
      id: one,
      meter: 'executions',
      customerId: 'cus_1',
      quantity: 1n,
      at: new Date('2026-11-20T10:00:00Z'),
    });
    const exists = failure(400, { type: 'invalid_request_error', code: 'resource_already_exists' });
    const down = { status: 500, body: '{}' };
    stub.answer(
      json({ identifier: 'a' }),
      exists,
      down,
      down,
      down,
      failure(400, { type: 'invalid_request_error' }),
    );
    const receipts = await stripe().reportUsage(['a', 'b', 'c', 'd'].map(report));
    expect(receipts).toEqual([
      { id: 'a', outcome: 'accepted', reason: null },
      { id: 'b', outcome: 'duplicate', reason: null },
      { id: 'c', outcome: 'unknown', reason: 'provider_unavailable' },
      { id: 'd', outcome: 'refused', reason: 'invalid' },
    ]);
  });

  it.each([
    ['goes on in the period that is paid for, without a charge', PAID_FOR, UNCHANGED],
    ['begins a new period once that has ended', PERIOD_OVER, {}],
  ])('a resume %s', async (_what, at, sent) => {
    const paused = json({ ...known, ...PAUSED });
    stub.answer(paused, paused, json(known));
    await stripe().pause(id, null, 'command-1');
    await stripe().resume(id, at, 'command-2');
    expect(asked().slice(1)).toEqual([`GET /v1/subscriptions/${id}`, `POST /v1/subscriptions/${id}/resume`]);
    const { 'expand[0]': _customer, 'expand[1]': _product, 'expand[2]': _invoice, ...body } = form(2);
    expect(body).toEqual(sent);
  });

  it.each<[string, object, (one: StripeProvider) => Promise<unknown>, string]>([
    ['a cancel', {}, (one) => one.scheduleCancel(id, 'c'), `cancel:${id}:c`],
    ['a cancel taken back', CANCELING, (one) => one.undoCancel(id, 'c'), `undo:${id}:c`],
    ['a pause', {}, (one) => one.pause(id, null, 'c'), `pause:${id}:c`],
    ['a resume', PAUSED, (one) => one.resume(id, PAID_FOR, 'c'), `resume:same:${id}:c`],
    ['a resume with a new period', PAUSED, (one) => one.resume(id, PERIOD_OVER, 'c'), `resume:new:${id}:c`],
  ])('%s is one request under one idempotency key, also after lost answers', async (_what, now, ask, key) => {
    stub.answer(json({ ...known, ...now }), { broken: 'reset' }, { broken: 'reset' }, json(known));
    await ask(stripe());
    expect(stub.calls.map(({ headers }) => headers['idempotency-key'])).toEqual([undefined, key, key, key]);
    expect(new Set(stub.calls.slice(1).map(({ path, body }) => `${path} ${body}`)).size).toBe(1);
  });

  it('an end that is refused because it came about is no refusal; any other stays one', async () => {
    const gone = failure(404, { type: 'invalid_request_error', code: 'resource_missing' });
    const ended = json({ ...known, status: 'canceled', ended_at: 1_764_000_000 });
    stub.answer(json(known), { broken: 'reset' }, gone, ended);
    expect(await stripe().revoke(id)).toMatchObject({ status: 'canceled' });
    stub.answer(json(known), failure(400, { type: 'invalid_request_error' }), json(known));
    expect(await outcomeOf(stripe().revoke(id))).toMatchObject({ reason: 'invalid' });
  });

  it('walks every page of a list once, after the last one seen, and knows the products’ metadata', async () => {
    const price = { id: 'price_x', product: 'prod_x', recurring: { interval: 'month' }, metadata: {} };
    const one = (name: string) => ({
      ...known,
      id: name,
      items: { data: [{ id: 'si', quantity: 1, price }] },
    });
    const products = {
      object: 'list',
      data: [{ id: 'prod_x', metadata: { plan: 'team' } }],
      has_more: false,
    };
    stub.answer(
      json(products),
      json({ object: 'list', data: [one('sub_1')], has_more: true }),
      json({ object: 'list', data: [one('sub_2')], has_more: false }),
    );
    const found = [];
    for await (const listed of stripe().listSubscriptions({ customerId: 'cus_1' })) found.push(listed);
    expect(found).toMatchObject([
      { id: 'sub_1', productMetadata: { plan: 'team' } },
      { id: 'sub_2', productMetadata: { plan: 'team' } },
    ]);
    const queries = stub.calls.map(({ path }) => new URL(path, stub.url).searchParams);
    expect(queries.map((query) => query.get('starting_after'))).toEqual([null, null, 'sub_1']);
    expect(queries[1]?.get('status')).toBe('all');
  });
});
