import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { serviceKey } from '../../support/service-keys.js';
import { createOrganization, givePlan, join, keyOf, ownerIdOf, within } from '../../support/tenants.js';

let test: TestApp;
let free: Person;
let pro: Person;
let team: string;
let system: Caller;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  [free, pro] = [await register(test), await register(test)];
  await givePlan(test, pro, 'pro');
  team = await createOrganization(test, pro);
  system = await serviceKey(test, 'check:any');
});
afterAll(() => test.close());

async function check(caller: Caller, question: object): Promise<Record<string, unknown>> {
  return (await caller.post('/v1/check', question)).expect(200).body;
}

const unresolved = { allowed: false, reason: 'owner_unresolved' };

describe('POST /v1/check', () => {
  it('EE-14 answers yes with plan, source and owner, and no with its reason: both are 200', async () => {
    expect(await check(pro.call, { feature: 'ai_features' })).toEqual({
      allowed: true,
      feature: 'ai_features',
      ownerId: await ownerIdOf(test, pro),
      plan: 'pro',
      source: 'staff',
      limit: null,
    });
    expect(await check(free.call, { feature: 'ai_features' })).toMatchObject({
      allowed: false,
      feature: 'ai_features',
      reason: 'plan_required',
      plan: 'free',
      message: 'This feature requires a paid plan',
      requiredPlans: ['pro', 'team', 'enterprise'],
    });
  });

  it('GO-24 gives what a prompt needs (plans, where to buy) or a plain denial, as the caller chooses', async () => {
    const denied = await check(free.call, { feature: 'export' });
    // To prompt: who would have it. To deny: the reason alone.
    expect(denied).toMatchObject({ reason: 'plan_required', requiredPlans: ['pro', 'team', 'enterprise'] });
    const guard = (await free.call.post('/v1/export')).expect(403).body;
    expect(guard).toMatchObject({ error: 'upgrade_required', upgradeUrl: '/pricing' });
    expect(await check(free.call, { feature: 'no-such-feature' })).toMatchObject({
      reason: 'feature_unknown',
    });
    expect(await check(pro.call, { feature: 'export' })).toMatchObject({ allowed: true, plan: 'pro' });
  });

  it('holds a quantity against the limit: places of a capacity, the size of one thing', async () => {
    const ask = (feature: string, quantity: number) => check(free.call, { feature, quantity });
    expect(await ask('workflows', 3)).toMatchObject({ allowed: true, limit: 3, used: 0 });
    expect(await ask('workflows', 4)).toMatchObject({ allowed: false, reason: 'capacity_reached', limit: 3 });
    expect(await ask('nodes_per_workflow', 10)).toMatchObject({ allowed: true, limit: 10 });
    expect(await ask('nodes_per_workflow', 11)).toMatchObject({
      allowed: false,
      reason: 'ceiling_exceeded',
      limit: 10,
      requested: 11,
    });
  });

  it('counts nothing, however often it is asked', async () => {
    const person = await register(test);
    for (let times = 0; times < 5; times += 1)
      expect(await check(person.call, { feature: 'workflows' })).toMatchObject({ allowed: true, used: 0 });
  });

  it('EE-02 answers 401 to nobody, and consults no other layer', async () => {
    for (const question of [{ feature: 'export' }, { feature: 'no-such-feature' }, {}, { feature: 7 }]) {
      const answer = (await test.anonymous.post('/v1/check', question)).expect(401);
      expect(answer.body).toMatchObject({ error: 'unauthenticated', reason: 'unauthenticated' });
      expect(answer.body).not.toHaveProperty('plan');
    }
    (await test.anonymous.post('/v1/check/batch', { features: ['export'] })).expect(401);
    (await test.anonymous.get('/v1/entitlements')).expect(401);
  });

  it.each([
    ['a token of nobody', 'Bearer a.b.c'],
    ['a key that was never made', `Bearer tg_0123456789ab_${'a'.repeat(43)}`],
    ['a service key that was never made', `Bearer tgs_0123456789ab_${'a'.repeat(43)}`],
    ['another scheme', 'Basic YTpi'],
  ])('EE-02 is refused with %s', async (_what, authorization) => {
    const caller = test.anonymous.with({ authorization });
    expect((await caller.post('/v1/check', { feature: 'export' })).expect(401).body).toMatchObject({
      error: 'invalid_credentials',
    });
  });
});

describe('a caller about the own owner', () => {
  it('may name it in every way there is', async () => {
    const owner = await ownerIdOf(test, pro);
    for (const subject of [{}, { user: pro.id }, { owner }, { owner: owner.toUpperCase() }])
      expect(await check(pro.call, { feature: 'ai_features', ...subject })).toMatchObject({
        allowed: true,
        ownerId: owner,
      });
    const member = await register(test);
    await join(test, team, member);
    for (const caller of [
      [within(team, member), {}],
      [member.call, { organization: team }],
      [within(team, member), { organization: team.toUpperCase() }],
      [within(team, member), { owner }],
      [await keyOf(test, pro, team), {}],
      [await keyOf(test, pro, team), { organization: team }],
    ] as const)
      expect(await check(caller[0], { feature: 'ai_features', ...caller[1] })).toMatchObject({
        allowed: true,
        ownerId: owner,
      });
  });

  it('gets the same answer about somebody else’s as about what does not exist', async () => {
    const foreign = [
      { user: pro.id },
      { organization: team },
      { owner: await ownerIdOf(test, pro) },
      { user: free.id, organization: team },
    ];
    const absent = [
      { user: randomUUID() },
      { organization: randomUUID() },
      { owner: randomUUID() },
      { user: free.id, organization: 'no-id' },
    ];
    for (const caller of [free.call, await keyOf(test, free)])
      for (const [place, subject] of foreign.entries()) {
        const answer = await check(caller, { feature: 'ai_features', ...subject });
        expect(answer).toMatchObject(unresolved);
        expect(answer).not.toHaveProperty('ownerId');
        expect(answer).toEqual(await check(caller, { feature: 'ai_features', ...absent[place] }));
      }
  });

  it('is told of a header that contradicts the key or the body', async () => {
    const key = (await keyOf(test, free)).with({ 'tollgate-organization': team });
    const member = within(team, pro);
    for (const answer of [
      await key.post('/v1/check', { feature: 'export' }),
      await member.post('/v1/check', { feature: 'export', organization: randomUUID() }),
    ])
      expect(answer.expect(400).body).toMatchObject({ error: 'organization_mismatch' });
  });

  it('gets no trace, though it asks for one', async () => {
    for (const caller of [free.call, await keyOf(test, free)])
      expect(await check(caller, { feature: 'export', trace: true })).not.toHaveProperty('trace');
  });
});

describe('a service key', () => {
  it('may ask about any user, organization and owner', async () => {
    const owner = await ownerIdOf(test, pro);
    for (const subject of [
      { user: pro.id },
      { organization: team },
      { owner },
      { user: pro.id, organization: team },
    ])
      expect(await check(system, { feature: 'ai_features', ...subject })).toMatchObject({
        allowed: true,
        ownerId: owner,
      });
    expect(await check(system, { feature: 'ai_features', user: free.id })).toMatchObject({
      reason: 'plan_required',
    });
    const header = system.with({ 'tollgate-organization': team });
    expect(await check(header, { feature: 'ai_features' })).toMatchObject({ allowed: true, ownerId: owner });
  });

  it('EE-16 gets all seven layers on request, also when an early one refuses', async () => {
    const layers = ['principal', 'owner', 'feature', 'plan', 'rollout', 'rate', 'limit'];
    for (const [subject, refused] of [
      [{ user: 'nobody' }, 'owner'],
      [{ user: free.id }, 'plan'],
      [{ user: pro.id }, null],
    ] as const) {
      const { trace } = await check(system, { feature: 'ai_features', ...subject, trace: true });
      const outcomes = trace as { layer: string; outcome: string }[];
      expect(outcomes.map(({ layer }) => layer)).toEqual(layers);
      const refusing = outcomes.findIndex(({ outcome }) => outcome === 'refused');
      expect(refusing).toBe(refused === null ? -1 : layers.indexOf(refused));
      expect(outcomes.slice(0, Math.max(0, refusing)).every(({ outcome }) => outcome === 'passed')).toBe(
        true,
      );
    }
    expect(await check(system, { feature: 'ai_features', user: pro.id })).not.toHaveProperty('trace');
  });

  it.each([
    ['a user', { user: 'nobody' }],
    ['an organization', { organization: '0190a6b2-7c5e-7000-8000-00000000000f' }],
    ['an organization that is no id', { organization: "x' or '1'='1" }],
    ['an owner', { owner: '0190a6b2-7c5e-7000-8000-00000000000f' }],
    ['an owner that is no id', { owner: '__proto__' }],
    ['nobody in particular', {}],
  ])('is told in a decision that %s is not known', async (_what, subject) => {
    expect(await check(system, { feature: 'ai_features', ...subject })).toMatchObject(unresolved);
  });

  it('does not make a user a member of an organization', async () => {
    const question = { feature: 'ai_features', user: free.id, organization: team };
    expect(await check(system, question)).toMatchObject(unresolved);
  });

  it('without the scope may ask about nobody', async () => {
    const counting = await serviceKey(test, 'consume:any');
    expect(await check(counting, { feature: 'ai_features', user: pro.id })).toMatchObject(unresolved);
  });
});
