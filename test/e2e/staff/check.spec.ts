import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { STAFF_ROLES, type StaffRole } from '../../../apps/api/src/auth/staff/staff-roles.js';
import { seedCatalog } from '../../../apps/api/src/database/seeds/catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Answer, Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { serviceKey } from '../../support/service-keys.js';
import { staffMember } from '../../support/staff.js';
import { createOrganization, givePlan, join, keyOf, ownerIdOf } from '../../support/tenants.js';

const analytics = seedCatalog.features['analytics-dashboard'];
const catalog = {
  ...seedCatalog,
  features: {
    ...seedCatalog.features,
    'analytics-dashboard': {
      ...analytics,
      rollout: { percent: 100, subject: 'user' as const },
      rates: [{ limit: 1, perSeconds: 3_600, by: 'user' as const }],
    },
  },
};

let test: TestApp;
let viewer: Caller;
let pro: Person;
let free: Person;
let team: string;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none', catalog });
  viewer = await staffMember(test, 'viewer');
  [pro, free] = [await register(test), await register(test)];
  await givePlan(test, pro, 'pro');
  team = await createOrganization(test, pro);
});
afterAll(() => test.close());

interface Traced {
  readonly trace: readonly { layer: string; outcome: string }[];
  readonly [key: string]: unknown;
}

const ask = async (question: object, by = viewer): Promise<Traced> =>
  (await by.post('/staff/check', question)).expect(200).body as unknown as Traced;

/** Each layer with what became of it, in order. */
const layersOf = ({ trace }: Traced): string =>
  trace.map(({ layer, outcome }) => `${layer} ${outcome}`).join(', ');

const passed = (...layers: readonly string[]): string => layers.map((layer) => `${layer} passed`).join(', ');

describe('staff ask why', () => {
  it('EE-16 and see all seven layers, also of a yes and after the first refusal', async () => {
    expect(layersOf(await ask({ user: pro.id, feature: 'export' }))).toBe(
      `${passed('principal', 'owner', 'feature', 'plan', 'rollout')}, rate not_evaluated, limit passed`,
    );
    const denied = await ask({ user: free.id, feature: 'export' });
    expect(denied).toMatchObject({ allowed: false, reason: 'plan_required', plan: 'free' });
    expect(layersOf(denied)).toBe(
      `${passed('principal', 'owner', 'feature')}, plan refused, rollout not_evaluated, rate not_evaluated, limit not_evaluated`,
    );
    expect(await ask({ user: pro.id, feature: 'workflows', quantity: 26 })).toMatchObject({
      reason: 'capacity_reached',
      limit: 25,
    });
  });

  it('of a user, an organization, an owner and a user in an organization', async () => {
    const ownerId = await ownerIdOf(test, pro);
    const member = await register(test);
    await join(test, team, member);
    for (const subject of [
      { user: pro.id },
      { organization: team },
      { owner: ownerId },
      { user: member.id, organization: team },
    ])
      expect(await ask({ ...subject, feature: 'ai_features' })).toMatchObject({ allowed: true, ownerId });
  });

  it('as the user would be answered, whose membership is not made up', async () => {
    const elsewhere = await ask({ user: free.id, organization: team, feature: 'ai_features' });
    expect(elsewhere).toMatchObject({ allowed: false, reason: 'owner_unresolved' });
    expect(elsewhere).not.toHaveProperty('ownerId');
    const { trace: _trace, ...seen } = await ask({ user: free.id, feature: 'workflows' });
    expect(seen).toEqual((await free.call.post('/v1/check', { feature: 'workflows' })).expect(200).body);
  });

  it.each([
    ['a user', { user: 'nobody' }],
    ['an organization', { organization: randomUUID() }],
    ['an owner', { owner: randomUUID() }],
    ['an owner that is no id', { owner: "x' or '1'='1" }],
  ])('and are told that nobody pays for %s that does not exist', async (_what, subject) => {
    const decision = await ask({ ...subject, feature: 'ai_features' });
    expect(decision).toMatchObject({ allowed: false, reason: 'owner_unresolved' });
    expect(layersOf(decision)).toMatch(/^principal passed, owner refused, feature not_evaluated/);
  });

  it('and count nothing, spend no rate and leave no row, however often they ask', async () => {
    const rows = async (): Promise<unknown> => {
      const tables = ['usage_counter', 'usage_grant', 'rate_grant', 'capacity_counter', 'audit_entry'];
      const counts = tables.map((table) => `(select count(*)::int from ${table}) as ${table}`);
      return (await test.database.query<unknown[]>(`select ${counts.join(', ')}`))[0];
    };
    const before = await rows();
    for (const feature of ['export', 'analytics-dashboard', 'workflows', 'executions'])
      for (const _ of [1, 2, 3])
        expect(await ask({ user: pro.id, feature })).toMatchObject({ allowed: true });
    expect(await rows()).toEqual(before);
    (await pro.call.get('/v1/analytics')).expect(200);
    const limited = await ask({ user: pro.id, feature: 'analytics-dashboard' });
    expect(limited).toMatchObject({ allowed: false, reason: 'rate_limited' });
    expect(layersOf(limited)).toContain('rate refused, limit not_evaluated');
  });

  it.each([
    ['nothing', undefined],
    ['nobody', { feature: 'export' }],
    ['no feature', { user: 'x' }],
    ['an owner beside a user', { feature: 'export', owner: 'x', user: 'y' }],
    ['no whole quantity', { feature: 'export', user: 'x', quantity: 1.5 }],
    ['a wish to consume', { feature: 'export', user: 'x', consume: true }],
    ['a key', { feature: 'export', user: 'x', idempotencyKey: 'k' }],
    ['another moment', { feature: 'export', user: 'x', at: '2030-01-01T00:00:00Z' }],
  ])('and are refused with %s', async (_what, question) => {
    expect((await viewer.post('/staff/check', question)).expect(400).body['error']).toMatch(/^[a-z_]+$/);
  });
});

describe('who may ask', () => {
  const question = (): object => ({ feature: 'ai_features', user: pro.id });
  const code = (answer: Answer): unknown[] => [answer.status, answer.body['error']];

  it.each(Object.keys(STAFF_ROLES) as StaffRole[])('%s, by its permission to read tenants', async (role) => {
    expect(STAFF_ROLES[role]).toContain('tenants.read');
    expect(await ask(question(), await staffMember(test, role))).toMatchObject({ allowed: true });
  });

  it('not a member of a role that has no permissions', async () => {
    const member = await staffMember(test, 'retired' as StaffRole);
    expect(code(await member.post('/staff/check', question()))).toEqual([403, 'permission_missing']);
  });

  it('nobody else: no customer, no key, no service key, and no page of somebody else’s', async () => {
    const admin = await staffMember(test, 'admin');
    const strangers = [test.anonymous, pro.call, await keyOf(test, pro), await serviceKey(test, 'check:any')];
    for (const caller of strangers) {
      const answer = await caller.with({ origin: test.config.http.appUrl }).post('/staff/check', question());
      expect(code(answer)).toEqual([401, 'unauthenticated']);
    }
    const foreign = admin.with({ origin: 'https://elsewhere.example' });
    expect(code(await foreign.post('/staff/check', question()))).toEqual([403, 'origin_refused']);
  });

  it('stands in the OpenAPI document with every denial', async () => {
    const { paths } = (await test.anonymous.get('/docs-json')).expect(200).body as {
      paths: Record<string, { post?: { responses: Record<string, unknown>; security?: unknown } }>;
    };
    const operation = paths['/staff/check']?.post;
    expect(Object.keys(operation?.responses ?? {}).toSorted()).toEqual(['200', '400', '401', '403']);
    expect(JSON.stringify(operation?.responses['200'])).toContain('decision.plan_required');
    expect(operation?.security).toEqual([{ staff: [] }]);
  });
});
