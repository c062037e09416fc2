import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { createOrganization, givePlan, join, keyOf, placesOf, within } from '../../support/tenants.js';

let test: TestApp;
let creator: Person;
let member: Person;
let organization: string;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  [creator, member] = await Promise.all([register(test), register(test)]);
  await givePlan(test, creator, 'pro');
  organization = await createOrganization(test, creator);
  await join(test, organization, member);
});
afterAll(() => test.close());

describe('a member on the free plan, in the organization of a creator on pro', () => {
  it('FX-21 has the creator’s plan there, and counts on the creator', async () => {
    (await member.call.post('/v1/export')).expect(403);
    (await within(organization, member).post('/v1/export')).expect(200);
    for (const name of ['a', 'b', 'c', 'd'])
      (await within(organization, member).post('/v1/workflows', { name })).expect(201);

    expect(await placesOf(test, creator, 'workflows')).toEqual({ total: 4, [organization]: 4 });
    expect(await placesOf(test, creator, 'workflows_per_organization')).toEqual({ [organization]: 4 });
    expect(await placesOf(test, member, 'workflows')).toEqual({});
  });

  it('FX-23 edits a workflow there on the creator’s account, without naming the organization', async () => {
    const made = (await within(organization, creator).post('/v1/workflows', { name: 'old' })).expect(201);
    const path = `/v1/workflows/${String(made.body['id'])}`;
    const before = await placesOf(test, creator, 'workflows');

    const renamed = (await member.call.patch(path, { name: 'new' })).expect(200);
    expect(renamed.body).toMatchObject({ name: 'new', organizationId: organization });
    (await member.call.delete(path)).expect(204);

    const total = (before['total'] ?? 0) - 1;
    expect(await placesOf(test, creator, 'workflows')).toMatchObject({ total });
    expect(await placesOf(test, member, 'workflows')).toEqual({});
  });

  it('FX-26 bills personal things to the person, whatever organizations there are', async () => {
    const before = await placesOf(test, creator, 'workflows');
    const made = (await member.call.post('/v1/workflows', { name: 'mine' })).expect(201);

    expect(made.body).toMatchObject({ organizationId: null });
    expect(await placesOf(test, member, 'workflows')).toEqual({ total: 1, personal: 1 });
    expect(await placesOf(test, creator, 'workflows')).toEqual(before);
    expect((await member.call.get('/v1/subscription')).body).toMatchObject({ plan: 'free' });
  });

  it('FX-27 bills things of the organization to who pays for it, whoever touches them', async () => {
    const before = await placesOf(test, creator, 'workflows');
    const key = await keyOf(test, creator, organization);
    const ids: string[] = [];
    for (const caller of [within(organization, creator), within(organization, member), key]) {
      const made = (await caller.post('/v1/workflows', { name: 'ours' })).expect(201);
      expect(made.body).toMatchObject({ organizationId: organization });
      ids.push(String(made.body['id']));
    }
    const total = (before['total'] ?? 0) + 3;
    expect(await placesOf(test, creator, 'workflows')).toMatchObject({ total });
    for (const id of ids) (await member.call.delete(`/v1/workflows/${id}`)).expect(204);
    expect(await placesOf(test, creator, 'workflows')).toEqual(before);
  });

  it('sees the same organization under an id in capitals, with the same counters', async () => {
    const before = await placesOf(test, creator, 'workflows_per_organization');
    const shouting = member.call.with({ 'tollgate-organization': organization.toUpperCase() });
    const made = (await shouting.post('/v1/workflows', { name: 'loud' })).expect(201);

    expect(made.body).toMatchObject({ organizationId: organization });
    expect(await placesOf(test, creator, 'workflows_per_organization')).toEqual({
      [organization]: (before[organization] ?? 0) + 1,
    });
    (await member.call.delete(`/v1/workflows/${String(made.body['id'])}`)).expect(204);
    expect(await placesOf(test, creator, 'workflows_per_organization')).toEqual(before);
  });
});

describe('who is no active member', () => {
  const absent = '0190a6b2-7c5e-7000-8000-000000000001';

  it.each(['suspended', 'awaiting_seat', 'declined'] as const)('has no access while %s', async (state) => {
    const person = await register(test);
    await join(test, organization, person, { state });
    const made = (await within(organization, creator).post('/v1/workflows', { name: 'ours' })).expect(201);
    const path = `/v1/workflows/${String(made.body['id'])}`;

    const inside = within(organization, person);
    expect((await inside.post('/v1/workflows', { name: 'no' })).expect(403).body).toMatchObject({
      error: 'owner_unresolved',
    });
    for (const answer of [
      await person.call.get(path),
      await person.call.patch(path, { name: 'no' }),
      await person.call.delete(path),
    ])
      expect(answer.status).toBe(404);
    (await creator.call.delete(path)).expect(204);
  });

  it('cannot tell an organization of others from one that does not exist', async () => {
    const stranger = await register(test);
    for (const [method, path] of [
      ['GET', '/v1/workflows'],
      ['POST', '/v1/workflows'],
      ['POST', '/v1/export'],
      ['GET', '/v1/analytics'],
      ['GET', '/v1/subscription'],
      ['POST', '/v1/checkout'],
    ] as const) {
      const body = method === 'POST' ? { name: 'x' } : undefined;
      const ofOthers = await within(organization, stranger).send(method, path, body);
      const ofNobody = await within(absent, stranger).send(method, path, body);
      expect([ofOthers.status, ofOthers.body['error']]).toEqual([403, 'owner_unresolved']);
      expect({ ...ofNobody.body, requestId: '' }).toEqual({ ...ofOthers.body, requestId: '' });
      expect(ofNobody.status).toBe(403);
    }
  });

  it('cannot tell a workflow of others from one that does not exist', async () => {
    const stranger = await register(test);
    const made = (await creator.call.post('/v1/workflows', { name: 'mine' })).expect(201);
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? { name: 'x' } : undefined;
      const ofOthers = await stranger.call.send(method, `/v1/workflows/${String(made.body['id'])}`, body);
      const ofNobody = await stranger.call.send(method, `/v1/workflows/${absent}`, body);
      expect(ofOthers.status).toBe(404);
      expect({ ...ofNobody.body, requestId: '' }).toEqual({ ...ofOthers.body, requestId: '' });
    }
    (await creator.call.get(`/v1/workflows/${String(made.body['id'])}`)).expect(200);
  });
});

describe('a key', () => {
  it('acts for its organization after the person who made it has left', async () => {
    const admin = await register(test);
    await join(test, organization, admin, { role: 'admin' });
    const key = await keyOf(test, admin, organization);
    await test.database.query('delete from membership where organization_id = $1 and user_id = $2', [
      organization,
      admin.id,
    ]);
    (await within(organization, admin).get('/v1/workflows')).expect(403);
    (await key.get('/v1/workflows')).expect(200);
    (await key.post('/v1/export')).expect(200);
  });

  it('does not act in another organization than its own, nor in its maker’s personal space', async () => {
    const other = await createOrganization(test, creator, 'Other');
    const key = await keyOf(test, creator, organization);
    const own = await keyOf(test, creator);
    const personal = (await creator.call.post('/v1/workflows', { name: 'mine' })).expect(201);
    const path = `/v1/workflows/${String(personal.body['id'])}`;

    for (const [caller, named] of [
      [key, other],
      [own, organization],
    ] as const) {
      const contradicting = caller.with({ 'tollgate-organization': named });
      for (const answer of [await contradicting.get('/v1/workflows'), await contradicting.get(path)])
        expect(answer.expect(400).body).toMatchObject({ error: 'organization_mismatch' });
    }
    const agreeing = key.with({ 'tollgate-organization': organization.toUpperCase() });
    (await agreeing.get('/v1/workflows')).expect(200);
    (await key.get(path)).expect(404);
    (await own.get(path)).expect(200);
  });
});
