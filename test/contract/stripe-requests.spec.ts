import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewCheckout } from '../../libs/billing/src/providers/payment-provider.js';
import { StripeProvider } from '../../libs/billing/src/providers/stripe/stripe.provider.js';
import { fixture } from '../fixtures/providers/read-fixture.js';
import { AnswerStub, type StubAnswer } from './answer-stub.js';

const json = (value: unknown, status = 200): StubAnswer => ({ status, body: JSON.stringify(value) });
const failure = (status: number, type: string, code: string): StubAnswer =>
  json({ error: { type, code } }, status);
const nobody = json({ object: 'search_result', data: [], has_more: false });
const owner = { ownerId: 'owner-1', email: 'ada@example.com', name: 'Ada' };
const checkout: NewCheckout = {
  checkoutId: 'our-checkout',
  ownerId: 'owner-1',
  customerId: 'cus_1',
  plan: 'team',
  interval: 'month',
  priceRef: 'price_1',
  seats: 3,
  trialDays: null,
  successUrl: 'https://app.example/done?session_id={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://app.example/pricing',
};
const session = (enabled: unknown): StubAnswer =>
  json({
    id: 'cs_1',
    url: 'https://stripe.example/cs_1',
    expires_at: 1_900_000_000,
    managed_payments: { enabled },
  });

describe('what the Stripe adapter asks for', () => {
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
  const form = (index = 0): Record<string, string> =>
    Object.fromEntries(new URLSearchParams(stub.calls[index]?.body ?? ''));

  it.each([[true], [false]])(
    'is a checkout with managed payments said to be %s, and nothing they forbid',
    async (choice) => {
      stub.answer(session(choice));
      expect(await stripe(choice).createCheckout(checkout)).toEqual({
        id: 'cs_1',
        url: 'https://stripe.example/cs_1',
        expiresAt: new Date(1_900_000_000_000),
      });
      expect(form()).toEqual({
        mode: 'subscription',
        customer: 'cus_1',
        client_reference_id: 'our-checkout',
        'line_items[0][price]': 'price_1',
        'line_items[0][quantity]': '3',
        'managed_payments[enabled]': String(choice),
        'subscription_data[metadata][owner_id]': 'owner-1',
        'subscription_data[metadata][checkout_id]': 'our-checkout',
        success_url: 'https://app.example/done?session_id={CHECKOUT_SESSION_ID}',
        cancel_url: 'https://app.example/pricing',
      });
      expect(stub.calls[0]?.headers).toMatchObject({
        'idempotency-key': 'checkout:our-checkout',
        'stripe-version': '2026-10-28.endive',
      });
      expect(stub.calls[0]?.headers).not.toHaveProperty('x-stripe-client-telemetry');
    },
  );

  it.each([
    [true, false],
    [true, null],
    [false, true],
  ])('is closed again when managed payments are wanted %s and answered %s', async (wanted, answered) => {
    stub.answer(session(answered), json({ id: 'cs_1', status: 'expired' }));
    await expect(stripe(wanted).createCheckout(checkout)).rejects.toMatchObject({
      code: 'provider_refused',
      providerCode: 'managed_payments_mismatch',
    });
    expect(asked()).toEqual(['POST /v1/checkout/sessions', 'POST /v1/checkout/sessions/cs_1/expire']);
  });

  it('is tried again under the same key when the answer was lost', async () => {
    stub.answer(
      { broken: 'reset' },
      failure(409, 'idempotency_error', 'idempotency_key_in_use'),
      session(true),
    );
    expect(await stripe().createCheckout(checkout)).toMatchObject({ id: 'cs_1' });
    expect(new Set(stub.calls.map((call) => call.headers['idempotency-key']))).toEqual(
      new Set(['checkout:our-checkout']),
    );
    expect(stub.calls).toHaveLength(3);
  });

  it('is a customer that carries our id, searched for first', async () => {
    stub.answer(nobody, json({ id: 'cus_1' }));
    expect(await stripe().ensureCustomer(owner)).toEqual({ customerId: 'cus_1' });
    expect(asked()).toEqual(['GET /v1/customers/search', 'POST /v1/customers', 'GET /v1/customers/cus_1']);
    expect(form(1)).toEqual({ email: 'ada@example.com', name: 'Ada', 'metadata[owner_id]': 'owner-1' });
    expect(stub.calls[1]?.headers['idempotency-key']).toBe('customer:owner-1');
  });

  it('is another customer when the key still answers with one that was deleted', async () => {
    stub.answer(nobody, json({ id: 'cus_1' }), json({ id: 'cus_1', deleted: true }), json({ id: 'cus_2' }));
    expect(await stripe().ensureCustomer(owner)).toEqual({ customerId: 'cus_2' });
    const keys = stub.calls
      .filter(({ method }) => method === 'POST')
      .map((one) => one.headers['idempotency-key']);
    expect(keys).toEqual(['customer:owner-1', 'customer:owner-1:after:cus_1']);
  });

  it('takes an id that it does not know for nobody’s payment and nobody', async () => {
    stub.answer(failure(404, 'invalid_request_error', 'resource_missing'));
    expect(await stripe().payerOf('ch_1')).toBeNull();
    expect(await stripe().hasCustomer('cus_1')).toBe(false);
    expect(asked()).toEqual(['GET /v1/charges/ch_1', 'GET /v1/customers/cus_1']);
  });

  it('asks nothing about what can be no id', async () => {
    stub.answer(json({ id: 'x', customer: 'x' }));
    for (const id of ['', '../customers', 'a/b']) {
      expect(await stripe().payerOf(id)).toBeNull();
      expect(await stripe().hasCustomer(id)).toBe(false);
    }
    expect(asked()).toEqual([]);
  });

  it('is the customer found, whose id was not given by somebody else', async () => {
    const found = [
      { id: 'cus_9', metadata: { owner_id: 'owner-10' } },
      { id: 'cus_2', metadata: { owner_id: 'owner-1' } },
    ];
    stub.answer(json({ object: 'search_result', data: found, has_more: false }));
    expect(await stripe().ensureCustomer(owner)).toEqual({ customerId: 'cus_2' });
    expect(asked()).toEqual(['GET /v1/customers/search']);
  });

  it('does without the search where it is not offered', async () => {
    stub.answer(failure(400, 'invalid_request_error', 'search_not_available'), json({ id: 'cus_1' }));
    expect(await stripe().ensureCustomer(owner)).toEqual({ customerId: 'cus_1' });
  });

  it('waits for the search when the key was used with another e-mail', async () => {
    stub.answer(nobody, failure(400, 'idempotency_error', 'idempotency_error'), nobody);
    await expect(stripe().ensureCustomer(owner)).rejects.toMatchObject({
      code: 'provider_unavailable',
      retryAfter: 60,
    });
  });

  it('never puts an owner id into a search that could end the quotes', async () => {
    stub.answer(nobody);
    const hostile = { ...owner, ownerId: `x' OR email:'a` };
    await expect(stripe().ensureCustomer(hostile)).rejects.toMatchObject({
      providerCode: 'owner_id_invalid',
    });
    expect(stub.calls).toHaveLength(0);
  });

  it('is a subscription with its customer and product in full', async () => {
    stub.answer(json(fixture('stripe/subscription-2026-10-28.endive')));
    await stripe().fetchSubscription('sub_1Endive');
    const { pathname, searchParams } = new URL(stub.calls[0]?.path ?? '', stub.url);
    expect(pathname).toBe('/v1/subscriptions/sub_1Endive');
    expect([...searchParams.values()]).toEqual(['customer', 'items.data.price.product', 'latest_invoice']);
  });

  it.each([
    ['expired', true],
    ['complete', false],
  ])('is the state of a session that can no longer be closed: %s', async (status, closed) => {
    stub.answer(failure(400, 'invalid_request_error', 'not_open'), json({ id: 'cs_1', status }));
    expect(await stripe().closeCheckout('cs_1')).toBe(closed);
  });
});

describe('the Stripe adapter', () => {
  it.each([
    ['an empty key', { secretKey: ' ' }],
    ['a base URL with a path', { baseUrl: 'http://127.0.0.1:1/stripe' }],
    ['a base URL that is none', { baseUrl: '127.0.0.1' }],
  ])('refuses to be made with %s', (_name, wrong) => {
    const options = { secretKey: 'sk_test_1', webhookSecrets: ['whsec_1'], managedPayments: true, ...wrong };
    expect(() => new StripeProvider(options)).toThrow(
      expect.objectContaining({ code: 'provider_misconfigured' }),
    );
  });
});
