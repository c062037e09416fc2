import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { buy, type Person, register } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { staffMember } from '../../support/staff.js';

let test: TestApp;
let support: Caller;
let viewer: Caller;
let person: Person;
let tenantId: string;

beforeAll(async () => {
  test = await createTestApp();
  support = await staffMember(test, 'support');
  viewer = await staffMember(test, 'viewer');
  person = await register(test);
  tenantId = await tenantOf(person);
});
afterAll(() => test.close());

async function tenantOf({ email }: Person): Promise<string> {
  const { body } = (await support.get(`/staff/tenants?q=${encodeURIComponent(email)}`)).expect(200);
  const [found] = body['data'] as [{ id: string }];
  return found.id;
}

async function tenant(id = tenantId): Promise<Record<string, unknown>> {
  return (await support.get(`/staff/tenants/${id}`)).expect(200).body['data'] as Record<string, unknown>;
}

const give = (by: Caller, plan: string, until: string | null = null) =>
  by.post(`/staff/tenants/${tenantId}/plan`, { plan, reason: 'a pilot customer', until });

describe('staff give a plan', () => {
  it('without a provider: the gate opens at once, and one audit row says who and why', async () => {
    (await person.call.post('/v1/export')).expect(403);
    (await give(support, 'pro')).expect(200);
    (await person.call.post('/v1/export')).expect(200);
    const { plan, source, assignments, audit } = await tenant();
    expect({ plan, source }).toEqual({ plan: 'pro', source: 'staff' });
    expect(assignments).toEqual([expect.objectContaining({ plan: 'pro', to: null, lapsed: null })]);
    const rows = (audit as { action: string; reason: string; actor: string }[]).filter(
      (row) => row.action === 'plan.given',
    );
    expect(rows).toEqual([
      expect.objectContaining({ reason: 'a pilot customer', actor: expect.stringMatching(/^staff:/) }),
    ]);
  });

  it('until an instant, to the second', async () => {
    const until = new Date(Date.now() + 3_600_000);
    (await give(support, 'pro', until.toISOString())).expect(200);
    await test.moveClock(new Date(until.getTime() - 1));
    (await person.call.post('/v1/export')).expect(200);
    expect((await tenant())['assignments']).toContainEqual(
      expect.objectContaining({ to: until.toISOString(), lapsed: 'expired' }),
    );
    await test.moveClock(until);
    expect((await person.call.post('/v1/export')).expect(403).body).toMatchObject({ lapsed: 'expired' });
  });

  it('takes it back by giving the default plan', async () => {
    (await give(support, 'enterprise')).expect(200);
    (await give(support, 'free')).expect(200);
    (await person.call.post('/v1/export')).expect(403);
  });

  it('not below what was bought', async () => {
    const buyer = await register(test);
    await buy(test, buyer, { plan: 'enterprise', interval: 'month', seats: 1 });
    const body = { plan: 'pro', reason: 'by mistake' };
    const answer = await support.post(`/staff/tenants/${await tenantOf(buyer)}/plan`, body);
    expect(answer.expect(409).body['error']).toBe('plan_conflict');
  });

  it.each<[string, object, number, string]>([
    ['an unknown plan', { plan: 'platinum', reason: 'why not' }, 400, 'plan_unknown'],
    ['no reason', { plan: 'pro' }, 400, 'invalid_request'],
    ['an end in the past', { plan: 'pro', reason: 'late', until: '2020-01-01T00:00:00Z' }, 400, 'until_past'],
    ['an unknown field', { plan: 'pro', reason: 'more', ownerId: 'x' }, 400, 'invalid_request'],
  ])('refuses %s', async (_, body, status, code) => {
    const answer = await support.post(`/staff/tenants/${tenantId}/plan`, body);
    expect(answer.expect(status).body['error']).toBe(code);
  });

  it('answers an absent tenant and a nonsense id alike', async () => {
    for (const id of [randomUUID(), 'nonsense']) {
      (await support.get(`/staff/tenants/${id}`)).expect(404);
      (await support.post(`/staff/tenants/${id}/plan`, { plan: 'pro', reason: 'nobody' })).expect(404);
    }
  });

  it('only with the permission', async () => {
    expect((await give(viewer, 'pro')).expect(403).body['error']).toBe('permission_missing');
    (await viewer.get(`/staff/tenants/${tenantId}`)).expect(200);
    expect((await give(person.call, 'pro')).status).toBe(403);
  });
});

describe('staff make an override', () => {
  const make = (by: Caller, body: object) =>
    by.post(`/staff/tenants/${tenantId}/overrides`, { reason: 'promised', ...body });

  it('that opens one feature, and closes it again when it is ended', async () => {
    const { body } = (await make(support, { feature: 'export', enabled: true, limit: 5 })).expect(201);
    (await person.call.post('/v1/export')).expect(200);
    const path = `/staff/tenants/${tenantId}/overrides/${String(body['id'])}/end`;
    (await support.post(path, { reason: 'over' })).expect(204);
    (await person.call.post('/v1/export')).expect(403);
    (await support.post(path, { reason: 'twice' })).expect(404);
    const actions = ((await tenant())['audit'] as { action: string }[]).map((row) => row.action);
    expect(actions.slice(0, 2)).toEqual(['override.ended', 'override.made']);
  });

  it('that raises a limit until an instant', async () => {
    const now = new Date(String((await tenantClock()).body['now']));
    const until = new Date(now.getTime() + 3_600_000);
    (
      await make(support, { feature: 'workflows', enabled: true, limit: 4, until: until.toISOString() })
    ).expect(201);
    for (const name of ['1', '2', '3', '4']) (await person.call.post('/v1/workflows', { name })).expect(201);
    expect((await person.call.post('/v1/workflows', { name: '5' })).expect(403).body).toMatchObject({
      limit: 4,
      used: 4,
    });
    await test.moveClock(until);
    expect((await person.call.post('/v1/workflows', { name: '5' })).expect(403).body).toMatchObject({
      reason: 'over_limit',
      limit: 3,
      used: 4,
    });
  });

  it('with a limit that no number holds exactly, as text', async () => {
    const limit = '9007199254740993';
    const { body } = (await make(support, { feature: 'executions', enabled: true, limit })).expect(201);
    const check = async () => (await person.call.post('/v1/check', { feature: 'executions' })).body['limit'];
    await eventually(async () => (await check()) === limit);
    const path = `/staff/tenants/${tenantId}/overrides/${String(body['id'])}/end`;
    (await support.post(path, { reason: 'over' })).expect(204);
  });

  it.each<[string, object, string]>([
    [
      'more than a row holds',
      { feature: 'workflows', enabled: true, limit: '9223372036854775808' },
      'override_invalid',
    ],
    ['an unknown feature', { feature: 'flying', enabled: true }, 'feature_unknown'],
    ['a limit on a flag', { feature: 'ai_features', enabled: true, limit: 3 }, 'override_invalid'],
    ['a capacity without a limit', { feature: 'workflows', enabled: true }, 'override_invalid'],
    [
      'an end in the past',
      { feature: 'export', enabled: false, until: '2020-01-01T00:00:00Z' },
      'until_past',
    ],
  ])('refuses %s', async (_, body, code) => {
    expect((await make(support, body)).expect(400).body['error']).toBe(code);
  });

  it('only with the permission', async () => {
    (await make(viewer, { feature: 'export', enabled: true, limit: 1 })).expect(403);
  });

  const tenantClock = () =>
    test.anonymous.with({ authorization: 'Bearer control-token-of-the-tests' }).get('/test/clock');
});

describe('the list of tenants', () => {
  it('pages by key without losing or repeating anybody', async () => {
    for (let count = 0; count < 5; count += 1) await register(test);
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = (await viewer.get(`/staff/tenants?limit=3${after}`)).expect(200);
      const { hasNextPage, endCursor } = body['pageInfo'] as { hasNextPage: boolean; endCursor: string };
      seen.push(...(body['data'] as { id: string }[]).map((row) => row.id));
      if (!hasNextPage) break;
      after = `&after=${endCursor}`;
    }
    const rows = await test.database.query<{ id: string }[]>('select id from billing_owner order by id desc');
    expect(seen).toEqual(rows.map((row) => row.id));
  });

  const listed = async (query: string): Promise<{ plan: string; status: string; email: string }[]> =>
    (await viewer.get(`/staff/tenants?limit=100&${query}`)).expect(200).body['data'] as never;

  it('filters by plan and by status', async () => {
    for (const plan of ['enterprise', 'free']) {
      const plans = (await listed(`plan=${plan}`)).map((row) => row.plan);
      expect(new Set(plans)).toEqual(new Set([plan]));
    }
    expect(new Set((await listed('status=active')).map((row) => row.status))).toEqual(new Set(['active']));
    expect(await listed('status=paused')).toEqual([]);
  });

  it('searches for text as it stands, not as a pattern', async () => {
    const found = await listed('q=example.test');
    expect(found.length).toBeGreaterThan(0);
    expect(found.every((row) => row.email.includes('example.test'))).toBe(true);
    expect(await listed('q=%25%5F')).toEqual([]);
  });

  it.each(['limit=0', 'limit=101', 'limit=x', 'after=x', 'sort=name', 'status=cancelled'])(
    'refuses %s',
    async (query) => {
      (await viewer.get(`/staff/tenants?${query}`)).expect(400);
    },
  );
});
