import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type AppBehindProxy, createAppBehindProxy } from '../../support/app-behind-proxy.js';
import type { TestApp } from '../../support/app.js';
import { type Person, register } from '../../support/people.js';
import { eventually } from '../../support/poll.js';
import { startStopwatch } from '../../support/stopwatch.js';
import type { TcpProxy } from '../../support/tcp-proxy.js';

describe('while the database stands still', () => {
  let test: TestApp;
  let proxy: TcpProxy;
  let close: AppBehindProxy['close'];
  let person: Person;

  beforeAll(async () => {
    ({ test, proxy, close } = await createAppBehindProxy({ provider: 'none' }));
    person = await register(test);
    // Several connections are open and warm, so that the stall meets them and not only new ones.
    await Promise.all(Array.from({ length: 8 }, () => person.call.get('/v1/workflows')));
  });
  afterAll(() => close());

  it('every request is told so in time instead of hanging, and nobody is let in', async () => {
    proxy.freeze();
    const watch = startStopwatch();
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
    ]);
    const took = watch.stop();
    expect(answers.map(({ status, body }) => [status, body['error']])).toEqual(
      answers.map(() => [503, 'unavailable']),
    );
    expect(answers.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    // The bound of the fault table, not a measure of speed.
    expect(took).toBeLessThan(3_000);
  });

  it('what is remembered is still told, what is counted is not, and nothing is allowed that counts', async () => {
    const snapshot = (await person.call.get('/v1/entitlements')).expect(200);
    const decisions = snapshot.body['data'] as { feature: string; allowed: boolean; reason?: string }[];
    expect(decisions.filter(({ allowed }) => allowed)).toEqual([]);
    const reasonOf = (key: string) => decisions.find(({ feature }) => feature === key)?.reason;
    expect([reasonOf('workflows'), reasonOf('white_label')]).toEqual(['unavailable', 'plan_required']);
    const exported = await person.call.post('/v1/export');
    expect(exported.status).toBe(503);
    expect(exported.body['error']).toBe('unavailable');
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
