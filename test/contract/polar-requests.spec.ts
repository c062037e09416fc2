import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PolarProvider } from '../../libs/billing/src/providers/polar/polar.provider.js';
import { AnswerStub, type StubAnswer } from './answer-stub.js';

const json = (value: unknown, status = 200): StubAnswer => ({ status, body: JSON.stringify(value) });
const taken = json(
  { error: 'RequestValidationError', detail: [{ loc: ['body', 'email'], type: 'value_error' }] },
  422,
);
const missing = json({ error: 'ResourceNotFound', detail: 'Not found' }, 404);
const owner = { ownerId: 'owner-1', email: 'ada@example.com', name: null };

describe('what the Polar adapter asks for', () => {
  let stub: AnswerStub;
  let polar: PolarProvider;
  beforeAll(async () => {
    stub = await AnswerStub.start();
    polar = new PolarProvider({ accessToken: 'polar_oat_1', webhookSecrets: ['whsec_1'], baseUrl: stub.url });
  });
  afterAll(() => stub.stop());
  const asked = (): string[] => stub.calls.map((call) => `${call.method} ${call.path}`);

  it('is a checkout of one product, for a known customer, with the metadata that leads back to us', async () => {
    stub.answer(json({ id: 'c1', url: 'https://polar.sh/c1', expires_at: '2026-12-01T00:00:00Z' }, 201));
    const page = await polar.createCheckout({
      checkoutId: 'our-checkout',
      ownerId: 'owner-1',
      customerId: 'customer-1',
      plan: 'team',
      interval: 'month',
      priceRef: 'product-1',
      seats: 3,
      trialDays: null,
      successUrl: 'https://app.example/done?id={CHECKOUT_ID}',
      cancelUrl: 'https://app.example/pricing',
    });
    expect(page).toEqual({
      id: 'c1',
      url: 'https://polar.sh/c1',
      expiresAt: new Date('2026-12-01T00:00:00Z'),
    });
    expect(asked()).toEqual(['POST /v1/checkouts/']);
    expect(JSON.parse(stub.calls[0]?.body ?? '')).toEqual({
      products: ['product-1'],
      customer_id: 'customer-1',
      seats: 3,
      allow_trial: false,
      metadata: { owner_id: 'owner-1', checkout_id: 'our-checkout', plan: 'team' },
      success_url: 'https://app.example/done?id={CHECKOUT_ID}',
      return_url: 'https://app.example/pricing',
    });
    expect(stub.calls[0]?.headers).toMatchObject({
      'polar-version': '2026-10',
      authorization: 'Bearer polar_oat_1',
    });
  });

  it('is a customer that carries our id, and nothing more when Polar takes it', async () => {
    stub.answer(json({ id: 'customer-1' }, 201));
    expect(await polar.ensureCustomer(owner)).toEqual({ customerId: 'customer-1' });
    expect(JSON.parse(stub.calls[0]?.body ?? '')).toEqual({
      external_id: 'owner-1',
      email: 'ada@example.com',
    });
  });

  it('is the customer with our id when it exists already', async () => {
    stub.answer(taken, json({ id: 'customer-1', external_id: 'owner-1' }));
    expect(await polar.ensureCustomer(owner)).toEqual({ customerId: 'customer-1' });
    expect(asked()).toEqual(['POST /v1/customers/', 'GET /v1/customers/external/owner-1']);
  });

  it.each([
    ['an id that it does not know', missing],
    ['an id that is no UUID', json({ error: 'RequestValidationError', detail: [] }, 422)],
  ])('takes %s for nobody’s payment and nobody', async (_what, answer) => {
    stub.answer(answer);
    expect(await polar.payerOf('order-1')).toBeNull();
    expect(await polar.hasCustomer('customer-1')).toBe(false);
    expect(asked()).toEqual(['GET /v1/orders/order-1', 'GET /v1/customers/customer-1']);
  });

  it('asks nothing about what can be no id', async () => {
    stub.answer(json({ id: 'x', customer_id: 'x' }));
    for (const id of ['', '../customers', 'a/b']) {
      expect(await polar.payerOf(id)).toBeNull();
      expect(await polar.hasCustomer(id)).toBe(false);
    }
    expect(asked()).toEqual([]);
  });

  it('links the customer of the same e-mail when nobody owns it', async () => {
    const same = { id: 'customer-2', external_id: null, email: 'Ada@Example.com' };
    stub.answer(
      taken,
      missing,
      json({ items: [{ id: 'x', email: 'other@example.com' }, same] }),
      json({ id: 'customer-2' }),
    );
    expect(await polar.ensureCustomer(owner)).toEqual({ customerId: 'customer-2' });
    expect(asked().at(-1)).toBe('PATCH /v1/customers/customer-2');
    expect(JSON.parse(stub.calls.at(-1)?.body ?? '')).toEqual({ external_id: 'owner-1' });
  });

  it.each<[string, unknown[], string]>([
    [
      'another owner has',
      [{ id: 'customer-3', external_id: 'owner-2', email: 'ada@example.com' }],
      'customer_email_taken',
    ],
    ['nobody has', [], 'customer_invalid'],
  ])('refuses rather than takes over a customer whose e-mail %s', async (_name, items, providerCode) => {
    stub.answer(taken, missing, json({ items }));
    await expect(polar.ensureCustomer(owner)).rejects.toMatchObject({
      code: 'provider_refused',
      providerCode,
    });
    expect(asked().filter((call) => call.startsWith('PATCH'))).toEqual([]);
  });

  it('is never a second customer when the answer to the first was lost', async () => {
    stub.answer({ broken: 'reset' });
    await expect(polar.ensureCustomer(owner)).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(asked()).toEqual(['POST /v1/customers/']);
  });

  it('is nothing at all to close a checkout, which Polar cannot', async () => {
    stub.answer(json({}));
    expect(await polar.closeCheckout()).toBe(false);
    expect(stub.calls).toHaveLength(0);
  });
});

describe('the Polar adapter', () => {
  it.each([
    ['an empty token', { accessToken: '' }],
    ['a token with a line break', { accessToken: 'polar_oat_1\n' }],
    ['a base URL that is none', { baseUrl: 'polar' }],
    ['a base URL of another protocol', { baseUrl: 'file:///etc/passwd' }],
    ['a base URL with credentials', { baseUrl: 'https://user@polar.example' }],
  ])('refuses to be made with %s', (_name, wrong) => {
    const options = { accessToken: 'polar_oat_1', webhookSecrets: ['whsec_1'], ...wrong };
    expect(() => new PolarProvider(options)).toThrow(
      expect.objectContaining({ code: 'provider_misconfigured' }),
    );
  });
});
