import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NewCheckout, PaymentProvider } from '../../libs/billing/src/providers/payment-provider.js';
import { AnswerStub, type StubAnswer } from './answer-stub.js';

/** What the suite needs of one provider. */
export interface FailureSubject {
  readonly provider: (baseUrl: string) => PaymentProvider;
  /** A subscription as the provider's API answers it. */
  readonly subscription: Record<string, unknown>;
  /** Body of a refusal with this code. */
  readonly refusal: (code: string) => string;
}

const NONE = 'unknown_id';
const HTML = '<html>Bad gateway</html>';
const checkout: NewCheckout = {
  checkoutId: 'our-checkout',
  ownerId: 'owner-1',
  customerId: 'customer-1',
  plan: 'pro',
  interval: 'month',
  priceRef: 'price-1',
  seats: null,
  trialDays: null,
  successUrl: 'https://app.example/done',
  cancelUrl: 'https://app.example/pricing',
};

/** Whatever the provider's server does, the adapter answers in time and with one of our errors. */
export function describeProviderFailures(name: string, subject: FailureSubject): void {
  const id = String(subject.subscription['id']);
  const found: StubAnswer = { body: JSON.stringify(subject.subscription) };
  let stub: AnswerStub;
  let provider: PaymentProvider;
  beforeAll(async () => {
    stub = await AnswerStub.start();
  });
  // A new one each time: an adapter remembers that a provider failed, or asked for a rest.
  beforeEach(() => {
    provider = subject.provider(stub.url);
  });
  afterAll(() => stub.stop());

  const outcomeOf = async (call: () => Promise<unknown>): Promise<unknown> =>
    call().then(
      (value) => ({ value }),
      (error: unknown) => error,
    );

  describe(`a read from ${name}`, () => {
    it.each<[string, StubAnswer]>([
      ['an error page', { status: 502, body: HTML }],
      ['a server error', { status: 500, body: '{}' }],
      ['an HTML page with 200', { body: HTML }],
      ['an empty body', { body: '' }],
      ['a body cut off', { body: JSON.stringify(subject.subscription).slice(0, 50) }],
      ['null', { body: 'null' }],
      ['a closed connection', { broken: 'reset' }],
    ])('is tried again after %s', async (_name, trouble) => {
      stub.answer(trouble, trouble, found);
      expect(await provider.fetchSubscription(id)).toMatchObject({ id });
      stub.answer(trouble);
      expect(await outcomeOf(() => provider.fetchSubscription(id))).toMatchObject({
        code: 'provider_unavailable',
      });
      expect(stub.calls.length).toBe(3);
    });

    it.each<[string, StubAnswer]>([
      ['an object without an id', {}],
      ['another subscription', { body: JSON.stringify({ ...subject.subscription, id: 'other' }) }],
    ])('never takes %s for the answer', async (_name, answer) => {
      stub.answer(answer);
      expect(await outcomeOf(() => provider.fetchSubscription(id))).toMatchObject({
        code: 'provider_unavailable',
      });
    });

    it('is not tried again when the provider limits us, and says how long to wait', async () => {
      stub.answer({ status: 429, headers: { 'retry-after': '7' }, body: subject.refusal('rate_limit') });
      expect(await outcomeOf(() => provider.fetchSubscription(id))).toMatchObject({
        code: 'provider_unavailable',
        retryAfter: 7,
      });
      expect(stub.calls).toHaveLength(1);
    });

    it('waits the usual time when the limit names a date', async () => {
      const headers = { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' };
      stub.answer({ status: 429, headers, body: subject.refusal('rate_limit') });
      expect(await outcomeOf(() => provider.fetchSubscription(id))).toMatchObject({ retryAfter: 5 });
    });

    it('is null for an id that the provider does not know', async () => {
      stub.answer({ status: 404, body: subject.refusal('resource_missing') });
      expect(await provider.fetchSubscription(NONE)).toBeNull();
      expect(stub.calls).toHaveLength(1);
    });

    it.each([[''], ['..'], ['../customers'], ['a b'], ['a?expand=x'], ['a\0b']])(
      'asks nobody about the id %j',
      async (hostile) => {
        stub.answer(found);
        expect(await provider.fetchSubscription(hostile)).toBeNull();
        expect(stub.calls).toHaveLength(0);
      },
    );

    it.each([[401], [403]])('is refused once when our key is (%s)', async (status) => {
      stub.answer({ status, body: subject.refusal('no_access') });
      const refused = await outcomeOf(() => provider.fetchSubscription(id));
      expect(refused).toMatchObject({ code: 'provider_refused', kind: 'conflict' });
      expect(stub.calls).toHaveLength(1);
    });
  });

  describe(`a write to ${name}`, () => {
    it.each([[400], [402], [403], [404], [422]])(
      'carries the provider’s own word when refused (%s)',
      async (status) => {
        stub.answer({ status, body: subject.refusal('their_word') });
        const refused = await outcomeOf(() => provider.createCheckout(checkout));
        expect(refused).toMatchObject({
          code: 'provider_refused',
          providerCode: expect.stringMatching(/their_word|http_/),
        });
        expect(stub.calls).toHaveLength(1);
      },
    );

    it('never leaks what was sent or answered', async () => {
      stub.answer({ status: 422, body: subject.refusal('their_word') });
      const refused = await outcomeOf(() =>
        provider.ensureCustomer({ ownerId: 'owner-1', email: 'ada@example.com', name: 'Ada' }),
      );
      expect(refused).toBeInstanceOf(Error);
      expect(JSON.stringify([refused, String((refused as Error).cause)])).not.toMatch(
        /ada@|sk_test|polar_oat/i,
      );
    });

    it.each<[string, StubAnswer]>([
      ['without a URL', { body: JSON.stringify({ id: 'c_1' }) }],
      ['with a script for a URL', { body: JSON.stringify({ id: 'c_1', url: 'javascript:alert(1)' }) }],
      ['of HTML', { body: HTML }],
    ])('does not take an answer %s for a checkout', async (_name, answer) => {
      stub.answer(answer);
      expect(await outcomeOf(() => provider.createCheckout(checkout))).toMatchObject({
        code: 'provider_unavailable',
      });
    });

    it('is repeated only under one idempotency key', async () => {
      stub.answer({ status: 500, body: '{}' });
      expect(await outcomeOf(() => provider.createCheckout(checkout))).toMatchObject({
        code: 'provider_unavailable',
      });
      const keys = new Set(stub.calls.map((call) => call.headers['idempotency-key']));
      expect(keys.size).toBe(1);
      expect(stub.calls.length === 1 || !keys.has(undefined)).toBe(true);
    });
  });
}
