import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BillingOwnerResolver } from '@tollgate/entitlements';
import type { Answer } from '../../support/caller.js';
import { createGuardedApp, type GuardedApp } from '../../support/guarded/guarded-app.js';
import { as, AS_TEAM_KEY, ORGANIZATIONS, OWNERS, type SmallTown } from '../../support/guarded/small-town.js';
import { ThingsController } from '../../support/guarded/things.controller.js';

const ABSENT = '0190a6b2-7c5e-7000-8000-00000000ffff';

describe.each(['fastify', 'express'] as const)('the guards of the libs on %s', (adapter) => {
  let test: GuardedApp;
  beforeAll(async () => {
    test = await createGuardedApp({ adapter, controllers: [ThingsController] });
  });
  afterAll(() => test.close());

  const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    test.anonymous.with(headers).get(path);
  const inOrganization = (name: string, organizationId: string): Record<string, string> => ({
    ...as(name),
    'Tollgate-Organization': organizationId,
  });
  const things = async (): Promise<number> => {
    const [row] = await test.database.query<{ n: number }[]>('select count(*)::int as n from thing');
    return row?.n ?? 0;
  };

  it('EE-02 answer 401 to nobody, and ask no other layer', async () => {
    const town = test.app.get<SmallTown>(BillingOwnerResolver);
    const askedBefore = town.asked;
    for (const path of ['/paid', '/off', '/misspelt', `/things/${ABSENT}`, `/organizations/${ABSENT}/paid`])
      expect((await get(path)).expect(401).body).toMatchObject({ error: 'unauthenticated' });
    expect((await test.anonymous.post('/things')).expect(401).body).toEqual({
      error: 'unauthenticated',
      message: 'Sign in to use this',
      upgradeUrl: '/pricing',
      feature: 'things',
      reason: 'unauthenticated',
    });
    expect(town.asked).toBe(askedBefore);
    (await get('/paid', as('ada'))).expect(200);
    expect(town.asked).toBe(askedBefore + 1);
  });

  it('EE-03 name the plans that would allow it, lowest rank first', async () => {
    expect((await get('/paid', as('bob'))).expect(403).body).toEqual({
      error: 'upgrade_required',
      message: 'This feature requires a paid plan',
      upgradeUrl: '/pricing',
      feature: 'paid',
      plan: 'free',
      reason: 'plan_required',
      requiredPlans: ['pro', 'gold'],
    });
  });

  it('open for who pays', async () => {
    expect((await get('/paid', as('ada'))).expect(200).body).toMatchObject({
      ownerId: OWNERS.ada,
      organizationId: null,
      userId: 'ada',
    });
  });

  it.each([
    ['/off', 'feature_disabled'],
    ['/soon', 'not_rolled_out'],
    ['/misspelt', 'feature_unknown'],
  ])('deny %s even to who pays: %s', async (path, reason) => {
    expect((await get(path, as('ada'))).expect(403).body).toMatchObject({ error: reason, reason });
  });

  it('deny a caller for whom nobody pays', async () => {
    expect((await get('/paid', as('carl'))).expect(403).body).toMatchObject({ error: 'owner_unresolved' });
  });

  it('find who pays by the header, in any spelling of its name', async () => {
    for (const name of ['tollgate-organization', 'Tollgate-Organization', 'TOLLGATE-ORGANIZATION']) {
      const answer = await get('/paid', { ...as('bob'), [name]: ORGANIZATIONS.team });
      expect(answer.expect(200).body).toMatchObject({
        ownerId: OWNERS.ada,
        organizationId: ORGANIZATIONS.team,
      });
    }
  });

  it('find nobody by a header that names an absent or a foreign organization, or several', async () => {
    for (const id of [ABSENT, ORGANIZATIONS.club, '', 'x', `${ORGANIZATIONS.team}, ${ORGANIZATIONS.second}`])
      expect((await get('/paid', inOrganization('bob', id))).expect(403).body).toMatchObject({
        reason: 'owner_unresolved',
      });
  });

  it('refuse a key whose header names another organization, on every route', async () => {
    const headers = { ...AS_TEAM_KEY, 'tollgate-organization': ORGANIZATIONS.second };
    for (const path of ['/paid', `/organizations/${ORGANIZATIONS.team}/paid`, `/things/${ABSENT}`])
      expect((await get(path, headers)).expect(400).body).toMatchObject({ error: 'organization_mismatch' });
    const agreeing = { ...AS_TEAM_KEY, 'tollgate-organization': ORGANIZATIONS.team };
    (await get('/paid', agreeing)).expect(200);
  });

  it('answer 404 to an organization in the path, foreign or absent alike', async () => {
    const path = (id: string): string => `/organizations/${id}/paid`;
    (await get(path(ORGANIZATIONS.team), as('bob'))).expect(200);
    const [foreign, absent] = [
      await get(path(ORGANIZATIONS.club), as('bob')),
      await get(path(ABSENT), as('bob')),
    ];
    expect(foreign.expect(404).body).toEqual(absent.expect(404).body);
  });

  it('hold the limit in the personal space, without the one per organization', async () => {
    const bob = test.anonymous.with(as('bob'));
    const ids: string[] = [];
    for (const _ of [1, 2]) ids.push(String((await bob.post('/things')).expect(201).body['id']));
    expect((await bob.post('/things')).expect(403).body).toEqual({
      error: 'capacity_reached',
      message: 'The limit of this plan is reached',
      upgradeUrl: '/pricing',
      feature: 'things',
      plan: 'free',
      reason: 'capacity_reached',
      limit: 2,
      used: 2,
    });
    (await bob.delete(`/things/${ids[0]}`)).expect(200);
    (await bob.post('/things')).expect(201);
    (await bob.post('/things')).expect(403);
  });

  it('hold the limit per organization, and let the next organization have its own', async () => {
    const team = test.anonymous.with(inOrganization('bob', ORGANIZATIONS.team));
    for (const _ of [1, 2, 3]) (await team.post('/things')).expect(201);
    const before = await things();
    expect((await team.post('/things')).expect(403).body).toMatchObject({
      feature: 'things_per_organization',
      plan: 'pro',
      limit: 3,
      used: 3,
    });
    expect(await things()).toBe(before);
    const second = test.anonymous.with(inOrganization('bob', ORGANIZATIONS.second));
    (await second.post('/things')).expect(201);
  });

  it('show a resource to who may see it, and answer 404 to everybody else', async () => {
    const made = await test.anonymous.with(as('ada')).post('/things');
    const path = `/things/${String(made.expect(201).body['id'])}`;
    expect((await get(path, as('ada'))).expect(200).body).toMatchObject({ ownerId: OWNERS.ada });
    const [foreign, absent] = [await get(path, as('bob')), await get(`/things/${ABSENT}`, as('bob'))];
    expect(foreign.expect(404).body).toEqual(absent.expect(404).body);
  });
});

describe.each(['fastify', 'express'] as const)('compatible denial bodies on %s', (adapter) => {
  it('SB-29 are byte for byte the old ones', async () => {
    const test = await createGuardedApp({ adapter, controllers: [ThingsController], compatDenialBody: true });
    const answer = await test.anonymous.with(as('bob')).get('/paid');
    expect(answer.expect(403).text).toBe(
      '{"error":"upgrade_required","message":"This feature requires a paid plan","upgradeUrl":"/pricing"}',
    );
    await test.close();
  });
});
