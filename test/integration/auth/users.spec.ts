import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpiredProofsJob } from '../../../apps/api/src/auth/expired-proofs.job.js';
import { SampleUserDirectory } from '../../../apps/api/src/auth/users/sample-user-directory.js';
import { type AuthApp, createAuthApp } from './auth-app.js';
import { send } from './send.js';

let subject: AuthApp;
const ids = new Map<string, string>();

beforeAll(async () => {
  subject = await createAuthApp();
  for (const [email, name] of [
    ['ann@example.test', 'Ann 100%'],
    ['ann_b@example.test', 'Änne'],
    ['annxb@example.test', undefined],
  ] as const) {
    const { body } = await send(subject, 'POST', '/v1/register', {
      body: { email, password: 'correct horse', name },
    });
    ids.set(email, (body['user'] as { id: string }).id);
  }
});

afterAll(() => subject.close());

describe('the user directory', () => {
  const directory = (): SampleUserDirectory => subject.app.get(SampleUserDirectory);
  const idOf = (email: string): string => String(ids.get(email));

  it('finds contacts by id and leaves out ids of other hosts', async () => {
    const found = await directory().find([idOf('ann@example.test'), 'auth0|1', idOf('annxb@example.test')]);
    expect([...found.entries()]).toEqual(
      expect.arrayContaining([
        [idOf('ann@example.test'), { email: 'ann@example.test', name: 'Ann 100%' }],
        [idOf('annxb@example.test'), { email: 'annxb@example.test', name: null }],
      ]),
    );
    expect(found.size).toBe(2);
    expect((await directory().find(['auth0|1'])).size).toBe(0);
  });

  it.each([
    ['ANN', 10, ['ann@example.test', 'ann_b@example.test', 'annxb@example.test']],
    ['ann', 2, ['ann@example.test', 'ann_b@example.test']],
    ['änne', 10, ['ann_b@example.test']],
    ['n_b', 10, ['ann_b@example.test']],
    ['100%', 10, ['ann@example.test']],
    ['%', 10, ['ann@example.test']],
    ['\\', 10, []],
    ["'; drop table app_user; --", 10, []],
  ])('finds %p (at most %d) as text, not as a pattern', async (text, limit, emails) => {
    expect(await directory().search(text, limit)).toEqual(emails.map((email) => idOf(email)));
  });
});

describe('proofs that nobody can use any more', () => {
  it('are forgotten, and no others', async () => {
    const { database, app, realTime } = subject;
    const job = app.get(ExpiredProofsJob);
    await send(subject, 'POST', '/v1/login', { body: { email: 'nobody@example.test', password: 'x' } });
    expect(await job.run()).toBe(0);
    realTime.advance(24 * 3_600_000 + 1);
    expect(await job.run()).toBe(1);
    realTime.advance(36 * 24 * 3_600_000);
    expect(await job.run()).toBe(3);
    const left: unknown = await database.query(
      'select (select count(*) from refresh_token) + (select count(*) from login_attempt) as count',
    );
    expect(left).toEqual([{ count: '0' }]);
  });
});
