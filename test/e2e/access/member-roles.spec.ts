import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MEMBERSHIP_ROLES, type MembershipRole } from '@tollgate/billing';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Answer, Caller } from '../../support/caller.js';
import { type Person, register } from '../../support/people.js';
import { createOrganization, givePlan, join, keyOf, placesOf, within } from '../../support/tenants.js';

const WORKING: readonly MembershipRole[] = ['owner', 'admin', 'member'];

let test: TestApp;
let owner: Person;
let organizationId: string;
const people = new Map<MembershipRole, Person>();

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  owner = await register(test);
  await givePlan(test, owner, 'enterprise');
  organizationId = await createOrganization(test, owner);
  for (const role of MEMBERSHIP_ROLES) {
    const person = role === 'owner' ? owner : await register(test);
    if (role !== 'owner') await join(test, organizationId, person, { role });
    people.set(role, person);
  }
});
afterAll(() => test.close());

const as = (role: MembershipRole): Caller => within(organizationId, people.get(role)!);

async function workflow(): Promise<string> {
  const made = await as('owner').post('/v1/workflows', { name: 'before' });
  return `/v1/workflows/${String(made.expect(201).body['id'])}`;
}

/** How many workflows count for the organization. */
async function taken(): Promise<number> {
  return (await placesOf(test, owner, 'workflows_per_organization'))[organizationId] ?? 0;
}

function expectRoleRequired(answer: Answer): void {
  expect(answer.expect(403).body).toMatchObject({ error: 'role_required', details: { roles: WORKING } });
}

describe.each(MEMBERSHIP_ROLES)('an active member of role %s', (role) => {
  const works = WORKING.includes(role);

  it('lists and sees the workflows of the organization', async () => {
    const path = await workflow();
    (await as(role).get(path)).expect(200);
    const { body } = (await as(role).get('/v1/workflows')).expect(200);
    expect((body['data'] as { id: string }[]).some(({ id }) => path.endsWith(id))).toBe(true);
  });

  it(`${works ? 'makes' : 'does not make'} one`, async () => {
    const before = await taken();
    const answer = await as(role).post('/v1/workflows', { name: 'new' });
    if (works) answer.expect(201);
    else expectRoleRequired(answer);
    expect((await taken()) - before).toBe(works ? 1 : 0);
  });

  it.each(['with', 'without'])(`${works ? 'renames' : 'does not rename'} one, %s the header`, async (how) => {
    const path = await workflow();
    const caller = how === 'with' ? as(role) : people.get(role)!.call;
    const answer = await caller.patch(path, { name: 'after' });
    if (works) answer.expect(200);
    else expectRoleRequired(answer);
    expect((await as('owner').get(path)).body['name']).toBe(works ? 'after' : 'before');
  });

  it.each(['with', 'without'])(`${works ? 'deletes' : 'does not delete'} one, %s the header`, async (how) => {
    const path = await workflow();
    const answer = await (how === 'with' ? as(role) : people.get(role)!.call).delete(path);
    if (works) answer.expect(204);
    else expectRoleRequired(answer);
    (await as('owner').get(path)).expect(works ? 404 : 200);
  });

  it('does everything in the personal space', async () => {
    const { call } = people.get(role)!;
    const made = (await call.post('/v1/workflows', { name: 'mine' })).expect(201);
    const path = `/v1/workflows/${String(made.body['id'])}`;
    (await call.patch(path, { name: 'still mine' })).expect(200);
    (await call.delete(path)).expect(204);
  });
});

describe('who is asked first', () => {
  it('is the owner: who is no member learns nothing of roles', async () => {
    const path = await workflow();
    const stranger = await register(test);
    (await stranger.call.patch(path, { name: 'mine' })).expect(404);
    (await stranger.call.delete(path)).expect(404);
    const answer = await within(organizationId, stranger).post('/v1/workflows', { name: 'mine' });
    expect(answer.expect(403).body['error']).toBe('owner_unresolved');
  });

  it('is the role before the limit', async () => {
    const small = await register(test);
    const full = await createOrganization(test, small);
    await join(test, full, people.get('viewer')!, { role: 'viewer' });
    for (const name of ['1', '2', '3'])
      (await within(full, small).post('/v1/workflows', { name })).expect(201);
    const refused = await within(full, small).post('/v1/workflows', { name: '4' });
    expect(refused.expect(403).body['error']).toBe('capacity_reached');
    expectRoleRequired(await within(full, people.get('viewer')!).post('/v1/workflows', { name: '4' }));
  });

  it('is no role of a key, which stands for the organization', async () => {
    const key = await keyOf(test, owner, organizationId);
    const made = (await key.post('/v1/workflows', { name: 'by key' })).expect(201);
    const path = `/v1/workflows/${String(made.body['id'])}`;
    (await key.patch(path, { name: 'renamed' })).expect(200);
    (await key.delete(path)).expect(204);
  });
});
