import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { register } from '../../support/people.js';
import { whileInsertsFail } from '../../support/planted-failures.js';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  // The planted failures are expected; a warning for each would hide one that is not.
  test.app.useLogger(false);
});
afterAll(() => test.close());

const rows = async (): Promise<Record<string, number>> => {
  const [row] = await test.database.query<Record<string, number>[]>(
    `select (select count(*)::int from app_user) as users, (select count(*)::int from billing_owner) as owners,
       (select count(*)::int from subscription) as subscriptions`,
  );
  return row ?? {};
};

describe('registration', () => {
  it('GO-13 makes the user, the owner and the free subscription together', async () => {
    const before = await rows();
    await register(test);
    const after = await rows();
    for (const table of ['users', 'owners', 'subscriptions'])
      expect(after[table]).toBe((before[table] ?? 0) + 1);
  });

  it.each(['billing_owner', 'subscription', 'refresh_token'])(
    'GO-13 makes none of them when the insert into %s fails after the user’s',
    async (table) => {
      const before = await rows();
      const credentials = { email: `${table}@example.test`, password: 'correct horse battery' };
      await whileInsertsFail(test.database, table, async () => {
        (await test.anonymous.post('/v1/register', credentials)).expect(503);
      });
      expect(await rows()).toEqual(before);
      (await test.anonymous.post('/v1/register', credentials)).expect(201);
    },
  );

  it('GO-08 of one address, twenty times at once, makes one of each', async () => {
    const before = await rows();
    const body = { email: 'once@example.test', password: 'correct horse battery' };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => test.anonymous.post('/v1/register', body)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    const after = await rows();
    for (const table of ['users', 'owners', 'subscriptions'])
      expect(after[table]).toBe((before[table] ?? 0) + 1);
  });
});
