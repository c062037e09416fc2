import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import type { Caller } from '../../support/caller.js';
import { register } from '../../support/people.js';
import { expectRefused } from '../../support/refusals.js';
import { staffMember } from '../../support/staff.js';
import { createOrganization } from '../../support/tenants.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const WISH = { name: 'billing export', scopes: ['check:any'], reason: 'the nightly export asks for all' };

let test: TestApp;
let admin: Caller;

beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  admin = await staffMember(test, 'admin');
});
afterAll(() => test.close());

interface Made {
  readonly id: string;
  readonly key: string;
  readonly prefix: string;
}

async function make(wish: object = {}): Promise<Made> {
  const answer = await admin.post('/staff/service-keys', { ...WISH, ...wish });
  return answer.expect(201).body as unknown as Made;
}

const holder = (key: string): Caller => test.anonymous.with({ authorization: `Bearer ${key}` });

async function listed(id: string): Promise<Record<string, unknown> | undefined> {
  const { data } = (await admin.get('/staff/service-keys')).expect(200).body as {
    data: Record<string, unknown>[];
  };
  return data.find((row) => row['id'] === id);
}

describe('a service key', () => {
  it('is shown once, kept as a hash, and written down with who and why', async () => {
    const { id, key, prefix } = await make();
    expect(key.startsWith(`${prefix}_`)).toBe(true);
    expect(prefix).toMatch(/^tgs_[0-9a-f]{12}$/);
    (await holder(key).get('/v1/me')).expect(200);
    const list = (await admin.get('/staff/service-keys')).expect(200);
    expect(list.text).not.toContain(key.slice(-43));
    expect(await listed(id)).toMatchObject({ name: WISH.name, scopes: ['check:any'], revokedAt: null });
    const rows: unknown = await test.database.query(
      `select *, encode(secret_hash, 'escape') as text from service_key`,
    );
    expect(JSON.stringify(rows)).not.toContain(key.slice(-43));
    const audit: unknown = await test.database.query(
      'select actor, action, reason, after from audit_entry where subject_id = $1',
      [id],
    );
    expect(audit).toEqual([
      {
        actor: expect.stringMatching(/^staff:/) as unknown,
        action: 'service_key.created',
        reason: WISH.reason,
        after: { scopes: ['check:any'], expiresAt: null },
      },
    ]);
  });

  it('is refused once it is revoked, which is written down once', async () => {
    const { id, key } = await make();
    (await holder(key).get('/v1/me')).expect(200);
    const revoke = () => admin.post(`/staff/service-keys/${id}/revoke`, { reason: 'it leaked' });
    (await revoke()).expect(204);
    expect((await holder(key).get('/v1/me')).expect(401).body).toMatchObject({
      error: 'invalid_credentials',
    });
    (await revoke()).expect(204);
    const audit: unknown = await test.database.query(
      `select reason from audit_entry where subject_id = $1 and action = 'service_key.revoked'`,
      [id],
    );
    expect(audit).toEqual([{ reason: 'it leaked' }]);
    expect((await listed(id))?.['revokedAt']).toEqual(expect.any(String));
  });

  it('that cannot be written down is neither made nor revoked', async () => {
    const { id, key } = await make();
    const before = await test.database.query<unknown[]>('select id from service_key order by id');
    await test.database.query('alter table audit_entry rename to audit_entry_away');
    try {
      expect((await admin.post('/staff/service-keys', WISH)).status).toBe(500);
      expect((await admin.post(`/staff/service-keys/${id}/revoke`, { reason: 'gone' })).status).toBe(500);
    } finally {
      await test.database.query('alter table audit_entry_away rename to audit_entry');
    }
    expect(await test.database.query<unknown[]>('select id from service_key order by id')).toEqual(before);
    (await holder(key).get('/v1/me')).expect(200);
  });

  it('ends at its expiry, to the millisecond, however often it was used before', async () => {
    const expiry = new Date(Date.now() + 2 * DAY_MS);
    const { key } = await make({ expiresAt: expiry.toISOString() });
    (await holder(key).get('/v1/me')).expect(200);
    await test.moveClock(new Date(expiry.getTime() - 1));
    (await holder(key).get('/v1/me')).expect(200);
    await test.moveClock(expiry);
    (await holder(key).get('/v1/me')).expect(401);
  });

  it('opens nothing of a tenant by itself, and none of the staff’s doors', async () => {
    const { key } = await make({ scopes: ['consume:any', 'check:any'] });
    const organization = await createOrganization(test, await register(test));
    const naming = holder(key).with({ 'tollgate-organization': organization });
    for (const [method, path] of [
      ['GET', '/v1/workflows'],
      ['POST', '/v1/workflows'],
      ['GET', '/v1/subscription'],
      ['GET', '/v1/entitlements'],
      ['POST', '/v1/export'],
      ['POST', '/v1/api-keys'],
      ['GET', '/v1/api-keys'],
    ] as const)
      for (const caller of [holder(key), naming])
        expectRefused(await caller.send(method, path, method === 'POST' ? { name: 'x' } : undefined));
    (await holder(key).get('/staff/service-keys')).expect(401);
    (await holder(key).get('/staff/tenants')).expect(401);
  });

  it.each(['viewer', 'support', 'billing', 'catalog'] as const)(
    'is no business of %s staff',
    async (role) => {
      const { id } = await make();
      const staff = await staffMember(test, role);
      for (const answer of [
        await staff.get('/staff/service-keys'),
        await staff.post('/staff/service-keys', WISH),
        await staff.post(`/staff/service-keys/${id}/revoke`, { reason: 'because' }),
      ])
        expect(answer.expect(403).body).toMatchObject({ error: 'permission_missing' });
    },
  );

  it.each([
    ['without a name', { name: undefined }, 'invalid_request'],
    ['with an empty name', { name: ' ' }, 'invalid_request'],
    ['without scopes', { scopes: [] }, 'invalid_request'],
    ['with a scope that does not exist', { scopes: ['everything'] }, 'invalid_request'],
    ['with a scope that is no list', { scopes: 'check:any' }, 'invalid_request'],
    ['without a reason', { reason: undefined }, 'invalid_request'],
    ['with a reason that says nothing', { reason: '  ' }, 'invalid_request'],
    ['that has expired', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiry_past'],
    ['that expires some day', { expiresAt: 'some day' }, 'invalid_request'],
    ['with a field of one’s own', { createdBy: 'me' }, 'invalid_request'],
  ])('is not made %s', async (_what, change, error) => {
    const answer = await admin.post('/staff/service-keys', { ...WISH, ...change });
    expect(answer.expect(400).body).toMatchObject({ error });
  });

  it.each(['not-an-id', '0190a6b2-7c5e-7000-8000-00000000000f', '%00', "1'--"])(
    '%s does not exist',
    async (id) => {
      expectRefused(await admin.post(`/staff/service-keys/${id}/revoke`, { reason: 'because' }));
    },
  );
});
