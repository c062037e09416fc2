import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppModule } from '../../../apps/api/src/app.module.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { deliver, eventBytes, type Provider, signatureOf, storedRows } from '../../support/deliveries.js';

const OTHER: Record<Provider, Provider> = { polar: 'stripe', stripe: 'polar' };
const TYPE: Record<Provider, string> = {
  polar: 'subscription.updated',
  stripe: 'customer.subscription.updated',
};
const about = (provider: Provider): Buffer =>
  eventBytes(provider, TYPE[provider], { id: 'sub_1', object: 'subscription' });

interface Refusal {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly send: (provider: Provider) => { body: Buffer; headers: Record<string, string> };
}

const signedBody =
  (body: (provider: Provider) => Buffer, change: Record<string, string> = {}): Refusal['send'] =>
  (provider) => {
    const bytes = body(provider);
    return { body: bytes, headers: { ...signatureOf(provider, bytes), ...change } };
  };
const signedAt =
  (secondsFromNow: number): Refusal['send'] =>
  (provider) => {
    const body = about(provider);
    return { body, headers: signatureOf(provider, body, { secondsFromNow }) };
  };
const bytes = (text: string | Buffer) => (): Buffer => Buffer.from(text);

const unauthorized = { status: 401, code: 'signature_refused' };
const unreadable = { status: 400, code: 'event_unreadable' };

const REFUSALS: readonly Refusal[] = [
  { name: 'no signature', ...unauthorized, send: (provider) => ({ body: about(provider), headers: {} }) },
  {
    name: 'a signature by another secret',
    ...unauthorized,
    send: (provider) => {
      const body = about(provider);
      return { body, headers: signatureOf(provider, body, { secret: 'whsec_of_somebody_else' }) };
    },
  },
  {
    name: "the other provider's secret",
    ...unauthorized,
    send: (provider) => {
      const body = about(provider);
      const secret = `whsec_${OTHER[provider]}_of_the_tests`;
      return { body, headers: signatureOf(provider, body, { secret }) };
    },
  },
  {
    name: 'one byte changed after signing',
    ...unauthorized,
    send: (provider) => {
      const body = about(provider);
      return { body: Buffer.concat([body, Buffer.from(' ')]), headers: signatureOf(provider, body) };
    },
  },
  { name: 'a signature of 302 s ago', ...unauthorized, send: signedAt(-302) },
  { name: 'a signature of 302 s from now', ...unauthorized, send: signedAt(302) },
  {
    name: 'the headers of both providers',
    status: 400,
    code: 'provider_ambiguous',
    send: (provider) => {
      const body = about(provider);
      return { body, headers: { ...signatureOf('polar', body), ...signatureOf('stripe', body) } };
    },
  },
  {
    name: 'a content encoding',
    status: 400,
    code: 'content_encoding_unsupported',
    send: signedBody(about, { 'content-encoding': 'gzip' }),
  },
  {
    name: 'bytes that are no UTF-8',
    ...unreadable,
    send: signedBody(bytes(Buffer.from([0x7b, 0xff, 0x7d]))),
  },
  { name: 'malformed JSON', ...unreadable, send: signedBody(bytes('{"type":')) },
  { name: 'JSON that is no object', ...unreadable, send: signedBody(bytes('["event"]')) },
  { name: 'an empty body', ...unreadable, send: signedBody(bytes('')) },
  {
    name: 'more than 256 KB',
    status: 413,
    code: 'body_too_large',
    send: signedBody((provider) => eventBytes(provider, TYPE[provider], { blob: 'x'.repeat(256 * 1024) })),
  },
];

describe('what the webhook endpoint refuses, storing nothing', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ runsWork: false });
  });
  afterAll(() => test.close());

  describe.each(['polar', 'stripe'] as const)('GO-39 from %s', (provider) => {
    it.each(REFUSALS)('$name: $status $code', async ({ send, status, code }) => {
      const before = await storedRows(test);
      const { body, headers } = send(provider);
      const answer = (await deliver(test, body, headers)).expect(status);
      expect(answer.body['error']).toBe(code);
      expect(await storedRows(test)).toEqual(before);
    });

    it.each([
      ['50,000 levels deep', `{"type":"deep","data":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
      ['NUL in type and ids', String.raw`{"type":"subscription.\u0000","data":{"id":"a\u0000b"}}`],
      ['half of a surrogate pair', String.raw`{"type":"\ud800","data":{"object":{"id":"\udc00"}}}`],
      ['polluting keys', '{"type":"t","__proto__":{"x":1},"data":{"__proto__":{"id":"y"},"constructor":1}}'],
      ['nothing but braces', '{}'],
      ['a type of 10,000 letters', JSON.stringify({ type: 'x'.repeat(10_000) })],
      ['an event id of 10,000 letters', JSON.stringify({ id: 'x'.repeat(10_000), type: 't' })],
      ['numbers for words', '{"type":1,"id":2,"created":1e300,"timestamp":-1,"data":{"id":3,"object":4}}'],
    ])('a good signature over an event with %s: 202', async (_, text) => {
      const before = await storedRows(test);
      const body = Buffer.from(text);
      (await deliver(test, body, signatureOf(provider, body))).expect(202);
      expect((await storedRows(test)).events - before.events).toBe(1);
    });

    it('a good signature at the same address, up to the edges of time and size: 202', async () => {
      const before = await storedRows(test);
      const big = eventBytes(provider, TYPE[provider], { blob: 'x'.repeat(255 * 1024) });
      (await deliver(test, big, signatureOf(provider, big))).expect(202);
      for (const secondsFromNow of [-290, 0, 290]) {
        const body = about(provider);
        (await deliver(test, body, signatureOf(provider, body, { secondsFromNow }))).expect(202);
      }
      expect((await storedRows(test)).events - before.events).toBe(4);
    });
  });
});

describe('webhooks of a provider without a secret', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({
      root: (config) =>
        AppModule.forRoot(
          { ...config, payments: { ...config.payments, providers: config.payments.providers.slice(0, 1) } },
          { runsWork: false, passwordCost: 'test' },
        ),
    });
  });
  afterAll(() => test.close());

  it('are refused with 401, whatever key they were signed with', async () => {
    const body = about('stripe');
    for (const secret of ['whsec_stripe_of_the_tests', '', 'undefined', 'null']) {
      (await deliver(test, body, signatureOf('stripe', body, { secret }))).expect(401);
    }
    expect(await storedRows(test)).toEqual({ events: 0, work: 0 });
  });

  it('are refused with 400 beside the headers of the one that has a secret', async () => {
    const body = about('polar');
    const headers = { ...signatureOf('polar', body), ...signatureOf('stripe', body) };
    (await deliver(test, body, headers)).expect(400);
    expect(await storedRows(test)).toEqual({ events: 0, work: 0 });
  });
});

describe('webhooks where nothing is sold', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await createTestApp({ provider: 'none', runsWork: false });
  });
  afterAll(() => test.close());

  it.each(['polar', 'stripe'] as const)('find nothing: %s gets 404', async (provider) => {
    const body = about(provider);
    (await deliver(test, body, signatureOf(provider, body))).expect(404);
    expect(await storedRows(test)).toEqual({ events: 0, work: 0 });
  });
});
