import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedCatalog } from '../../../apps/api/src/database/seeds/catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Answer, Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { serviceKey } from '../../support/service-keys.js';
import { createOrganization, givePlan, join, keyOf, ownerIdOf, within } from '../../support/tenants.js';

let test: TestApp;
let person: Person;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  person = await register(test);
});
afterAll(() => test.close());

type Decisions = readonly Record<string, unknown>[];

const snapshot = async (caller: Caller): Promise<Answer> =>
  (await caller.get('/v1/entitlements')).expect(200);

const decisionsOf = (answer: Answer): Decisions => answer.body['data'] as Decisions;

const about = (answer: Answer, feature: string): Record<string, unknown> | undefined =>
  decisionsOf(answer).find((decision) => decision['feature'] === feature);

const holding = (caller: Caller, tag: string): Promise<Answer> =>
  caller.with({ 'if-none-match': tag }).get('/v1/entitlements');

describe('the snapshot of an owner', () => {
  it('FX-02 says of every feature whether it is allowed, and why not: enough to lock a button', async () => {
    const answer = await snapshot(person.call);
    const { features } = seedCatalog;
    expect(decisionsOf(answer).map(({ feature }) => feature)).toEqual(Object.keys(features).toSorted());
    expect(about(answer, 'export')).toMatchObject({ allowed: false, reason: 'plan_required' });
    const denied = decisionsOf(answer).filter(({ allowed }) => allowed !== true);
    expect(denied.length).toBeGreaterThan(0);
    for (const decision of denied)
      expect(decision).toMatchObject({
        allowed: false,
        reason: expect.any(String) as unknown,
        message: expect.any(String) as unknown,
      });
  });

  it('FX-46 shows the numbers that the decision uses, before and after each change', async () => {
    const somebody = await register(test);
    for (const used of [0, 1, 2, 3]) {
      const seen = about(await snapshot(somebody.call), 'workflows');
      const decided = (await somebody.call.post('/v1/check', { feature: 'workflows' })).expect(200).body;
      expect(seen).toEqual(decided);
      expect(seen).toMatchObject({ used, limit: 3, allowed: used < 3 });
      const made = await somebody.call.post('/v1/workflows', { name: `number ${used}` });
      expect(made.status).toBe(used < 3 ? 201 : 403);
    }
  });

  it('EE-19 lists the features of the organization that is named, or that the key is of', async () => {
    const boss = await register(test);
    await givePlan(test, boss, 'team');
    const team = await createOrganization(test, boss);
    await join(test, team, person);
    const ownerId = await ownerIdOf(test, boss);
    for (const caller of [within(team, person), await keyOf(test, boss, team)]) {
      const answer = await snapshot(caller);
      expect(answer.body).toMatchObject({ ownerId, organizationId: team });
      expect(about(answer, 'ai_features')).toMatchObject({ allowed: true, plan: 'team', ownerId });
    }
    expect(about(await snapshot(person.call), 'ai_features')).toMatchObject({ reason: 'plan_required' });
  });

  it('is sent once as long as nothing changes, and is nobody else’s', async () => {
    const somebody = await register(test);
    const first = await snapshot(somebody.call);
    const tag = String(first.headers.get('etag'));
    expect(tag).toMatch(/^"[^"]+"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toContain('Authorization');
    const again = await holding(somebody.call, tag);
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', tag]);
    expect((await holding(somebody.call, '"another"')).text).toBe(first.text);
    expect((await holding(person.call, tag)).status).toBe(200);
  });

  it('is sent anew after a change of plan and after a use', async () => {
    const somebody = await register(test);
    let tag = String((await snapshot(somebody.call)).headers.get('etag'));
    for (const change of [
      () => givePlan(test, somebody, 'pro'),
      async () => (await somebody.call.post('/v1/workflows', { name: 'one' })).expect(201),
    ]) {
      await change();
      const changed = await holding(somebody.call, tag);
      expect(changed.status).toBe(200);
      tag = String(changed.headers.get('etag'));
      expect((await holding(somebody.call, tag)).status).toBe(304);
    }
  });

  it('is not for a service key, which has no owner of its own', async () => {
    const system = await serviceKey(test, 'check:any');
    expect((await system.get('/v1/entitlements')).expect(403).body).toEqual({
      error: 'owner_unresolved',
      message: 'Nobody could be found who pays for this',
      upgradeUrl: '/pricing',
      reason: 'owner_unresolved',
    });
  });
});
