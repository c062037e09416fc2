import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Freshness, Notifications, TransactionRunner } from '@tollgate/kernel';
import { ApiKeys } from '../../../apps/api/src/auth/keys/api-keys/api-keys.repository.js';
import { eventually } from '../../support/poll.js';
import { type AuthApp, createAuthApp, startAuthNode } from './auth-app.js';
import { bearer, send } from './send.js';

let subject: AuthApp;
let other: AuthApp;
let person: Record<string, string>;
let key: string;
let keyId: string;

beforeAll(async () => {
  subject = await createAuthApp();
  other = await startAuthNode(subject);
  const body = { email: 'ann@example.test', password: 'correct horse' };
  const answer = await send(subject, 'POST', '/v1/register', { body });
  person = bearer(String(answer.body['accessToken']));
});
afterAll(async () => {
  await other.close();
  await subject.close();
});

beforeEach(async () => {
  const made = await send(subject, 'POST', '/v1/api-keys', { body: { name: 'k' }, headers: person });
  [key, keyId] = [String(made.body['key']), String(made.body['id'])];
});
afterEach(() => {
  jest.restoreAllMocks();
});

const status = async (node: AuthApp, token = key): Promise<number> =>
  (await send(node, 'GET', '/v1/me', { headers: bearer(token) })).status;

const revoke = (node: AuthApp): Promise<unknown> =>
  send(node, 'DELETE', `/v1/api-keys/${keyId}`, { headers: person });

/** Takes the key away behind everybody's back, as a change looks whose notification was lost. */
const revokeUnheard = (): Promise<unknown> =>
  subject.database.query('update api_key set revoked_at = created_at where id = $1', [keyId]);

const reads = (node: AuthApp) => jest.spyOn(node.app.get(ApiKeys, { strict: false }), 'byPrefix');

describe('a key in memory', () => {
  it('EE-07 is read once for 500 requests at the same time, and not again', async () => {
    const read = reads(subject);
    const statuses = await Promise.all(Array.from({ length: 500 }, () => status(subject)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(read).toHaveBeenCalledTimes(1);
    expect(await status(subject)).toBe(200);
    expect(read).toHaveBeenCalledTimes(1);
  });

  it('that is wrong is read once as well, and refused every time', async () => {
    const wrong = `${key.slice(0, -2)}${key.endsWith('AA') ? 'BB' : 'AA'}`;
    const read = reads(subject);
    for (let times = 0; times < 3; times += 1) expect(await status(subject, wrong)).toBe(401);
    expect(read).toHaveBeenCalledTimes(1);
    expect(await status(subject)).toBe(200);
  });

  it('is refused on every node within a second of its revocation', async () => {
    expect([await status(subject), await status(other)]).toEqual([200, 200]);
    await revoke(subject);
    expect(await status(subject)).toBe(401);
    await eventually(async () => (await status(other)) === 401, 1_000);
  });

  it('is not kept when it was read before a revocation that came meanwhile', async () => {
    const read = reads(other);
    const found = await other.app.get(ApiKeys, { strict: false }).byPrefix(key.slice(3, 15));
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    read.mockImplementationOnce(async () => {
      await held;
      return found;
    });
    const early = status(other);
    await eventually(async () => read.mock.calls.length === 2);
    const told = new Promise<void>((resolve) => {
      const stop = other.app.get(Notifications).listen((payload) => {
        if (payload !== `key:${keyId}`) return;
        stop();
        resolve();
      });
    });
    await revoke(subject);
    await told;
    expect(await status(other)).toBe(401);
    answer();
    expect(await early).toBe(200);
    expect(await status(other)).toBe(401);
  });

  it('is confirmed by the database after the listening connection was lost', async () => {
    expect(await status(other)).toBe(200);
    await revokeUnheard();
    expect(await status(other)).toBe(200);
    const { epoch } = other.app.get(Freshness);
    await subject.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'tollgate-listen' and datname = current_database()`,
    );
    await eventually(async () => other.app.get(Freshness).epoch > epoch);
    expect(await status(other)).toBe(401);
  });

  it('is asked for again after a minute, though nobody said anything', async () => {
    expect(await status(other)).toBe(200);
    await revokeUnheard();
    other.realTime.advance(47_000);
    expect(await status(other)).toBe(200);
    other.realTime.advance(13_000);
    expect(await status(other)).toBe(401);
  });

  it('is noted as used beside the requests: none waits for the row', async () => {
    const used = async (): Promise<Date | null> => {
      const [row] = await subject.database.query<{ last_used_at: Date | null }[]>(
        'select last_used_at from api_key where id = $1',
        [keyId],
      );
      return row.last_used_at;
    };
    await subject.app.get(TransactionRunner).run(async (tx) => {
      await tx.query('select 1 from api_key where id = $1 for update', [keyId]);
      expect(await status(subject)).toBe(200);
    });
    expect(await status(other)).toBe(200);
    expect(await eventually(used)).toBeInstanceOf(Date);
  });
});
