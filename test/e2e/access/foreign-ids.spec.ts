import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { expectRefused } from '../../support/refusals.js';
import { createOrganization, keyOf, placesOf } from '../../support/tenants.js';

let test: TestApp;
let person: Person;
let stranger: Person;
let foreignId: string;
let foreignOrganization: string;

beforeAll(async () => {
  test = await createTestApp();
  [person, stranger] = await Promise.all([register(test), register(test)]);
  const made = (await stranger.call.post('/v1/workflows', { name: 'a workflow' })).expect(201);
  foreignId = String(made.body['id']);
  foreignOrganization = await createOrganization(test, stranger);
});
afterAll(() => test.close());

const STRANGE_IDS = [
  'not-an-id',
  '0',
  '-1',
  'null',
  '__proto__',
  '%00',
  'a%00b',
  '%2e%2e%2f',
  "1'%20or%201=1--",
  '0190a6b2-7c5e-7000-8000-00000000000g',
  '0190a6b27c5e70008000000000000001',
  '{0190a6b2-7c5e-7000-8000-000000000001}',
  'x'.repeat(299),
  'x'.repeat(5_000),
  '%f0%9f%92%a9',
  '%ff',
];

describe('an id in a path', () => {
  it.each(STRANGE_IDS)('%s is refused in words', async (id) => {
    for (const path of [`/v1/workflows/${id}`, `/v1/api-keys/${id}`])
      for (const [method, body] of [
        ['GET', undefined],
        ['PATCH', { name: 'x' }],
        ['DELETE', undefined],
      ] as const)
        expectRefused(await person.call.send(method, path, body));
  });

  it('of another tenant is refused like one that does not exist, and nothing happens to it', async () => {
    const callers = [person.call, await keyOf(test, person)];
    for (const caller of callers)
      for (const [method, body] of [
        ['GET', undefined],
        ['PATCH', { name: 'stolen' }],
        ['PATCH', { name: 7 }],
        ['DELETE', undefined],
      ] as const)
        (await caller.send(method, `/v1/workflows/${foreignId}`, body)).expect(404);
    const { body } = (await stranger.call.get(`/v1/workflows/${foreignId}`)).expect(200);
    expect(body).toMatchObject({ name: 'a workflow' });
    expect(await placesOf(test, stranger, 'workflows')).toMatchObject({ total: 1 });
  });
});

describe('an organization in the header', () => {
  it.each([
    ['of another tenant', () => foreignOrganization],
    ['that is empty', () => ''],
    ['that is no id', () => "x' or '1'='1"],
    ['that is a prototype', () => '__proto__'],
    ['without end', () => 'x'.repeat(8_000)],
    ['named twice', () => `${foreignOrganization}, ${foreignOrganization}`],
  ])('%s is refused on every route', async (_what, id) => {
    const caller = person.call.with({ 'tollgate-organization': id() });
    for (const [method, path, body] of [
      ['GET', '/v1/workflows', undefined],
      ['POST', '/v1/workflows', { name: 'x' }],
      ['POST', '/v1/export', undefined],
      ['GET', '/v1/analytics', undefined],
      ['GET', '/v1/subscription', undefined],
      ['GET', '/v1/entitlements', undefined],
      ['POST', '/v1/checkout', { plan: 'pro', interval: 'month' }],
      ['POST', '/v1/portal', undefined],
    ] as const)
      expect((await caller.send(method, path, body)).expect(403).body).toMatchObject({
        error: 'owner_unresolved',
      });
  });
});

describe('buying', () => {
  it('is not for a key, nor for a member of somebody else’s organization', async () => {
    const wish = { plan: 'pro', interval: 'month' };
    const key = await keyOf(test, person);
    expect((await key.post('/v1/checkout', wish)).expect(403).body).toMatchObject({ error: 'user_required' });
    expect((await key.post('/v1/portal')).expect(403).body).toMatchObject({ error: 'user_required' });
  });

  it('has no portal before anything was bought', async () => {
    expect((await person.call.post('/v1/portal')).expect(409).body).toMatchObject({
      error: 'nothing_bought',
    });
  });
});
