import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BillingOwners, Organizations } from '@tollgate/billing';
import { Clock, Notifications, TestClockFollower, TransactionRunner, writeTestClock } from '@tollgate/kernel';
import { eventually } from '../../support/poll.js';
import { type AuthApp, createAuthApp } from './auth-app.js';
import { type Answer, bearer, send } from './send.js';

interface Person {
  readonly id: string;
  readonly headers: Record<string, string>;
}

let subject: AuthApp;
let people = 0;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  subject = await createAuthApp();
});

afterAll(() => subject.close());

beforeEach(async () => {
  ann = await person();
  bob = await person();
});

async function person(): Promise<Person> {
  const body = { email: `person-${++people}@example.test`, password: 'correct horse' };
  const answer = await send(subject, 'POST', '/v1/register', { body });
  const { user, accessToken } = answer.body as { user: { id: string }; accessToken: string };
  return { id: user.id, headers: bearer(accessToken) };
}

const make = (who: Person, body: object): Promise<Answer> =>
  send(subject, 'POST', '/v1/api-keys', { body, headers: who.headers });

const me = (key: unknown): Promise<Answer> =>
  send(subject, 'GET', '/v1/me', { headers: bearer(String(key)) });

async function organizationOf(owner: Person): Promise<string> {
  const organizations = subject.app.get(Organizations, { strict: false });
  const owners = subject.app.get(BillingOwners, { strict: false });
  return subject.app.get(TransactionRunner).run(async (tx) =>
    organizations.create(tx, {
      name: 'Acme',
      userId: owner.id,
      billingOwnerId: await owners.register(tx, owner.id),
    }),
  );
}

async function join(organizationId: string, who: Person, role: 'admin' | 'member'): Promise<void> {
  const organizations = subject.app.get(Organizations, { strict: false });
  await subject.app
    .get(TransactionRunner)
    .run((tx) => organizations.addMember(tx, { organizationId, userId: who.id, role }));
}

describe('an API key', () => {
  it('is shown once, acts for its user, and is kept as a hash', async () => {
    const made = await make(ann, { name: 'build server' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'build server', organizationId: null, revokedAt: null });
    const key = String(made.body['key']);
    expect(key.startsWith(`${String(made.body['prefix'])}_`)).toBe(true);
    expect((await me(key)).body).toMatchObject({ user: { id: ann.id }, apiKey: { id: made.body['id'] } });
    const listed = await send(subject, 'GET', '/v1/api-keys', { headers: ann.headers });
    expect(listed.text).not.toContain(key);
    const rows: unknown = await subject.database.query(
      `select *, encode(secret_hash, 'escape') as text from api_key`,
    );
    expect(JSON.stringify(rows)).not.toContain(key.slice(-43));
    const audit: unknown = await subject.database.query(
      `select action, actor from audit_entry where subject_id = $1`,
      [made.body['id']],
    );
    expect(audit).toEqual([{ action: 'api_key.created', actor: `user:${ann.id}` }]);
  });

  it('is refused with a wrong secret, and when it is revoked', async () => {
    const { key, id } = (await make(ann, { name: 'k' })).body as { key: string; id: string };
    expect(await me(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toMatchObject({ status: 401 });
    const revoke = (): Promise<Answer> =>
      send(subject, 'DELETE', `/v1/api-keys/${id}`, { headers: ann.headers });
    const told: string[] = [];
    const stop = subject.app.get(Notifications).listen((payload) => told.push(payload));
    expect((await revoke()).status).toBe(204);
    expect(await me(key)).toMatchObject({ status: 401, body: { error: 'invalid_credentials' } });
    expect((await revoke()).status).toBe(204);
    await until(() => told.includes(`key:${id}`));
    stop();
  });

  it('notes its use at most once a minute', async () => {
    const { key, id } = (await make(ann, { name: 'k' })).body as { key: string; id: string };
    const lastUsed = async (): Promise<number> => {
      const [row] = await subject.database.query<{ last_used_at: Date | null }[]>(
        'select last_used_at from api_key where id = $1',
        [id],
      );
      return row.last_used_at?.getTime() ?? 0;
    };
    await me(key);
    const first = await eventually(lastUsed);
    await moveClock(59_000);
    await me(key);
    await moveClock(2_000);
    await me(key);
    // Had the use in between been noted, this one would not be: it lies within a minute of that.
    expect(await eventually(async () => (await lastUsed()) >= first + 60_000)).toBe(true);
  });

  it('ends at its expiry, to the millisecond', async () => {
    const now = subject.app.get(Clock).now().getTime();
    const expiresAt = new Date(now + 60_000).toISOString();
    const { key } = (await make(ann, { name: 'k', expiresAt })).body;
    await moveClock(Date.parse(expiresAt) - 1 - subject.app.get(Clock).now().getTime());
    expect((await me(key)).status).toBe(200);
    await moveClock(1);
    expect((await me(key)).status).toBe(401);
  });

  it.each([
    [{ name: '' }, 'invalid_request'],
    [{ name: 'k', expiresAt: '2020-01-01T00:00:00Z' }, 'expiry_past'],
    [{ name: 'k', expiresAt: 'tomorrow' }, 'invalid_request'],
    [{ name: 'k', organizationId: 'acme' }, 'invalid_request'],
    [{ name: 'k', scopes: ['everything'] }, 'invalid_request'],
  ])('is not made of %j', async (body, error) => {
    expect(await make(ann, body)).toMatchObject({ status: 400, body: { error } });
  });

  it('makes no other keys', async () => {
    const { key } = (await make(ann, { name: 'k' })).body;
    const answer = await send(subject, 'POST', '/v1/api-keys', {
      body: { name: 'k' },
      headers: bearer(String(key)),
    });
    expect(answer).toMatchObject({ status: 403, body: { error: 'user_required' } });
  });

  it('of somebody else answers like one that does not exist', async () => {
    const { id } = (await make(ann, { name: 'k' })).body;
    const remove = async (path: string): Promise<unknown> => {
      const answer = await send(subject, 'DELETE', `/v1/api-keys/${path}`, { headers: bob.headers });
      return [answer.status, answer.body['error'], answer.body['message']];
    };
    const absent = [404, 'not_found', 'API key not found'];
    for (const path of [String(id), '0197a000-0000-7000-8000-000000000000', 'no-uuid', 'a'.repeat(299)])
      expect(await remove(path)).toEqual(absent);
    const mine = await send(subject, 'GET', '/v1/api-keys', { headers: bob.headers });
    expect(mine.body).toEqual({ data: [] });
  });
});

describe("an organization's API key", () => {
  it('is made by owners and admins, and stays when they leave', async () => {
    const organizationId = await organizationOf(ann);
    await join(organizationId, bob, 'admin');
    const { key } = (await make(bob, { name: 'k', organizationId })).body;
    await subject.database.query('delete from membership where user_id = $1', [bob.id]);
    expect((await me(key)).body).toMatchObject({ user: null, apiKey: { organizationId } });
    const listed = await send(subject, 'GET', `/v1/api-keys?organizationId=${organizationId}`, {
      headers: ann.headers,
    });
    expect(listed.body['data']).toHaveLength(1);
  });

  it('is not made, seen or revoked by members and strangers', async () => {
    const organizationId = await organizationOf(ann);
    const { id } = (await make(ann, { name: 'k', organizationId })).body;
    const path = `/v1/api-keys/${String(id)}`;
    expect((await make(bob, { name: 'k', organizationId })).body['error']).toBe('owner_unresolved');
    expect((await send(subject, 'DELETE', path, { headers: bob.headers })).status).toBe(404);
    await join(organizationId, bob, 'member');
    expect((await make(bob, { name: 'k', organizationId })).body['error']).toBe('role_required');
    expect((await send(subject, 'DELETE', path, { headers: bob.headers })).status).toBe(404);
  });
});

/** Polls until the condition holds, with a request each time. */
async function until(condition: () => boolean): Promise<void> {
  for (let poll = 0; poll < 1_000 && !condition(); poll++) await me('');
  expect(condition()).toBe(true);
}

/** Moves our time forward, lets it stand there, and waits until the application follows. */
async function moveClock(milliseconds: number): Promise<void> {
  const clock = subject.app.get(Clock);
  const target = new Date(clock.now().getTime() + milliseconds);
  await subject.app.get(TransactionRunner).run(async (tx) => writeTestClock(tx, target, true));
  await subject.app.get(TestClockFollower).refresh();
}
