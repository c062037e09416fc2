import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';

describe('while the database stands still', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let test: TestApp;
  let person: Person;

  beforeAll(async () => {
    database = await createTestDatabase();
    proxy = await startTcpProxy(database.url);
    test = await createTestApp({ provider: 'none', environment: { DATABASE_URL: proxy.url } });
    person = await register(test);
    // Several connections are open and warm, so that the stall meets them and not only new ones.
    await Promise.all(Array.from({ length: 8 }, () => person.call.get('/v1/workflows')));
  });
  afterAll(async () => {
    proxy.thaw();
    await test.close();
    await proxy.close();
    await database.drop();
  });

  it('every request is told so in time instead of hanging, and nobody is let in', async () => {
    proxy.freeze();
    const asked = Date.now();
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, (_, index) =>
        person.call.post('/v1/workflows', { name: `stalled ${index}` }),
      ),
      // These begin with a transaction: the stall leaves their connections in the middle of one.
      ...Array.from({ length: 3 }, (_, index) =>
        test.anonymous.post('/v1/register', {
          email: `stalled-${index}@example.test`,
          password: 'correct horse battery',
        }),
      ),
      person.call.get('/v1/workflows'),
      person.call.get('/v1/entitlements'),
      person.call.post('/v1/export'),
    ]);
    expect(answers.map(({ status, body }) => [status, body['error']])).toEqual(
      answers.map(() => [503, 'unavailable']),
    );
    expect(answers.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    // The bound of the fault table, not a measure of speed.
    expect(Date.now() - asked).toBeLessThan(3_000);
  });

  it('afterwards everything works again, and what is counted is what exists', async () => {
    proxy.thaw();
    await eventually(
      async () => (await person.call.post('/v1/workflows', { name: 'afterwards' })).status === 201,
    );
    // Connections that the stall left in the middle of a transaction must not be used again.
    await Promise.all(Array.from({ length: 20 }, () => person.call.get('/v1/workflows')));
    const [row] = await test.database.query<{ used: number; things: number }[]>(
      `select (select used::int from capacity_counter where feature = 'workflows' and space = 'total') as used,
         (select count(*)::int from workflow) as things`,
    );
    expect(row).toEqual({ used: 1, things: 1 });
    const [{ open } = { open: -1 }] = await test.database.query<{ open: number }[]>(
      `select count(*)::int as open from pg_stat_activity
       where datname = current_database() and state like 'idle in transaction%'`,
    );
    expect(open).toBe(0);
  });
});
