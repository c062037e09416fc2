import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { defineCatalog } from '@tollgate/entitlements';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Answer, Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { serviceKey } from '../../support/service-keys.js';
import { createOrganization, keyOf, ownerIdOf } from '../../support/tenants.js';

const catalog = defineCatalog({
  defaultPlan: 'free',
  plans: { free: { name: 'Free', rank: 0 }, pro: { name: 'Pro', rank: 10 } },
  features: {
    exports: { name: 'Exports', kind: 'quota', window: 'day', allowances: { free: 5, pro: 50 } },
    reviews: {
      name: 'Reviews',
      kind: 'quota',
      window: 'day',
      rates: [
        { limit: 2, perSeconds: 3_600, by: 'api_key' },
        { limit: 3, perSeconds: 3_600, by: 'organization' },
      ],
      allowances: { free: 100, pro: 100 },
    },
    beta: { name: 'Beta', kind: 'flag', allowances: { free: true, pro: true } },
  },
});

let test: TestApp;
let system: Caller;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none', catalog });
  system = await serviceKey(test, 'check:any', 'consume:any');
});
afterAll(() => test.close());

const consume = (caller: Caller, question: object): Promise<Answer> =>
  caller.post('/v1/check', { feature: 'exports', consume: true, ...question });

const used = async (person: Person): Promise<unknown> =>
  (await person.call.post('/v1/check', { feature: 'exports' })).expect(200).body['used'];

describe('consuming over HTTP', () => {
  it('counts what was allowed, and nothing of what was not', async () => {
    const person = await register(test);
    expect((await consume(person.call, { quantity: 3 })).expect(200).body).toMatchObject({
      allowed: true,
      limit: 5,
      used: 3,
      remaining: 2,
    });
    expect((await consume(person.call, { quantity: 3 })).expect(200).body).toMatchObject({
      allowed: false,
      reason: 'quota_exceeded',
      limit: 5,
      used: 3,
      retryAfter: expect.any(Number) as unknown,
    });
    const asked = (await person.call.post('/v1/check', { feature: 'exports', quantity: 3 })).body;
    expect(asked).toMatchObject({ reason: 'quota_exceeded', used: 3, requested: 3 });
    expect(asked['retryAfter']).toBeGreaterThan(0);
    expect(await used(person)).toBe(3);
    expect((await consume(person.call, { quantity: 2 })).body).toMatchObject({ allowed: true, remaining: 0 });
  });

  it('FX-46 tells what is left in the headers, by the numbers of the decision', async () => {
    const person = await register(test);
    const { headers, body } = await consume(person.call, { quantity: 2 });
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"exports";r=${String(body['remaining'])};t=\\d+$`));
    expect(headers.get('ratelimit-policy')).toMatch(/^"exports";q=5/);
    const { data } = (await person.call.get('/v1/entitlements')).expect(200).body as { data: object[] };
    const snapshot = data.find((decision) => 'feature' in decision && decision.feature === 'exports');
    const asked = (await person.call.post('/v1/check', { feature: 'exports' })).body;
    expect(snapshot).toEqual(asked);
    expect(asked).toMatchObject({ used: 2, remaining: 3 });
  });

  it('is exact when many consume at the same time', async () => {
    const person = await register(test);
    const answers = await Promise.all(Array.from({ length: 20 }, () => consume(person.call, {})));
    expect(answers.filter(({ body }) => body['allowed'] === true)).toHaveLength(5);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await used(person)).toBe(5);
  });

  it('counts a key once, and says so; the same key for something else is a conflict', async () => {
    const person = await register(test);
    const question = { quantity: 2, idempotencyKey: randomUUID() };
    const first = (await consume(person.call, question)).expect(200).body;
    expect(first).not.toHaveProperty('replayed');
    for (const again of await Promise.all([1, 2, 3].map(() => consume(person.call, question))))
      expect(again.expect(200).body).toMatchObject({ allowed: true, replayed: true });
    expect(await used(person)).toBe(2);
    expect((await consume(person.call, { ...question, quantity: 1 })).expect(409).body).toMatchObject({
      error: 'idempotency_mismatch',
    });
    const other = await register(test);
    expect((await consume(other.call, question)).expect(200).body).not.toHaveProperty('replayed');
  });

  it('is for others only with the scope', async () => {
    const person = await register(test);
    const checking = await serviceKey(test, 'check:any');
    const counting = await serviceKey(test, 'consume:any');
    expect((await consume(checking, { user: person.id })).expect(200).body).toMatchObject({
      reason: 'owner_unresolved',
    });
    expect((await consume(counting, { user: person.id })).expect(200).body).toMatchObject({ allowed: true });
    const ownerId = await ownerIdOf(test, person);
    expect((await consume(system, { owner: ownerId })).expect(200).body).toMatchObject({
      allowed: true,
      used: 2,
    });
    const stranger = await register(test);
    expect((await consume(stranger.call, { user: person.id })).body).toMatchObject({
      reason: 'owner_unresolved',
    });
    expect(await used(person)).toBe(2);
  });

  it('EE-18 keeps the rate of each key apart, and that of their organization together', async () => {
    const boss = await register(test);
    const team = await createOrganization(test, boss);
    const [one, other] = [await keyOf(test, boss, team), await keyOf(test, boss, team)];
    const review = async (key: Caller): Promise<unknown> => {
      const { body } = (await consume(key, { feature: 'reviews' })).expect(200);
      return body['reason'] ?? body['allowed'];
    };
    expect([await review(one), await review(one), await review(one)]).toEqual([true, true, 'rate_limited']);
    expect([await review(other), await review(other)]).toEqual([true, 'rate_limited']);
    // Asking spends nothing, so asking again changes nothing.
    for (const key of [one, other, one])
      expect((await key.post('/v1/check', { feature: 'reviews' })).body).toMatchObject({
        reason: 'rate_limited',
      });
  });

  it('tells in the headers what is left of rates as well: before a question, after a consumption', async () => {
    const key = await keyOf(test, await register(test));
    const rate = async (question: object): Promise<string | null> =>
      (await key.post('/v1/check', { feature: 'reviews', ...question })).headers.get('ratelimit');
    const name = '"reviews-by-api_key-3600s"';
    expect(await rate({})).toMatch(new RegExp(`^${name};r=2;t=3600, "reviews";r=100;t=`));
    expect(await rate({ consume: true })).toMatch(new RegExp(`^${name};r=1;t=3600, "reviews";r=99;t=`));
    const { headers } = (await key.post('/v1/check', { feature: 'reviews' })).expect(200);
    expect(headers.get('ratelimit-policy')).toBe(`${name};q=2;w=3600, "reviews";q=100`);
  });

  it.each([
    ['a flag', { feature: 'beta' }, 'feature_not_metered'],
    ['nothing', { quantity: 0 }, 'invalid_request'],
    ['less than nothing', { quantity: -1 }, 'invalid_request'],
    ['a key with a space', { idempotencyKey: 'a b' }, 'invalid_request'],
    ['an empty key', { idempotencyKey: '' }, 'invalid_request'],
    ['a key without end', { idempotencyKey: 'x'.repeat(256) }, 'invalid_request'],
    ['a key that is a number', { idempotencyKey: 7 }, 'invalid_request'],
    ['a key without consuming', { consume: false, idempotencyKey: 'x' }, 'invalid_request'],
    ['a trace', { trace: true }, 'invalid_request'],
    ['in words', { consume: 'yes' }, 'invalid_request'],
  ])('is refused with %s, and counts nothing', async (_what, change, error) => {
    const person = await register(test);
    expect((await consume(person.call, change)).expect(400).body).toMatchObject({ error });
    expect(await used(person)).toBe(0);
  });
});
