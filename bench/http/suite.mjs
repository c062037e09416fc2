import { inProject } from '../../apps/api/bin/project.mjs';
import { Child } from '../runner/child.mjs';
import { barsOf, COUNTED, rowsOf } from './findings.mjs';
import { load } from './load.mjs';
import { pairs } from './pairs.mjs';
import { sideBySide } from './side-by-side.mjs';
import { steady } from './steady.mjs';

const CONNECTIONS = 64;
const FULL = { pairs: 12, seconds: 5, rounds: 3, sideSeconds: 4, steadySeconds: 10 };
const QUICK = { pairs: 2, seconds: 1, rounds: 1, sideSeconds: 1, steadySeconds: 2 };

/** What a gate costs a route. */
export const suite = {
  about: 'the whole API on Fastify and Postgres: a route with a gate against the same route without one',
  packages: ['autocannon'],

  async run({ quick, say, postgres }) {
    const size = quick ? QUICK : FULL;
    const database = await postgres();
    const server = new Child(inProject('bench/http/server.mjs'));
    try {
      const { url } = await server.ask('start', { databaseUrl: database.url });
      const callers = await server.ask('enrol', { count: 100, plan: 'pro' });
      await assertGate(url, callers, await server.ask('enrol', { count: 2 }));
      const how = { url, callers, connections: CONNECTIONS, seconds: size.seconds, say };
      for (const path of ['/bench/open', '/bench/gated']) await load(server, { ...how, path });
      const gate = await pairs(server, ['/bench/open', '/bench/gated'], { ...how, rounds: size.pairs });
      const evenly = { ...how, path: '/bench/gated', connections: 10, rate: 2_000 };
      await steady(server, { ...evenly, seconds: 1 });
      const paced = await steady(server, { ...evenly, seconds: size.steadySeconds });
      const beside = await sideBySide(server, database, {
        ...how,
        seconds: size.sideSeconds,
        rounds: size.rounds,
      });
      await assertCounted(database, beside.get(COUNTED));
      await server.ask('stop');
      const findings = { connections: CONNECTIONS, gate, steady: paced, beside };
      return { rows: rowsOf(findings), bars: barsOf(findings) };
    } finally {
      await server.end();
    }
  },
};

/** A counter that nobody wrote would be fast as well. */
async function assertCounted(database, rounds) {
  const answered = rounds.reduce((sum, { requests }) => sum + requests, 0);
  const { rows } = await database
    .pool()
    .query('select coalesce(sum(used), 0)::int as used from usage_counter');
  if (rows[0].used < answered) throw new Error(`${answered} answers, and ${rows[0].used} units counted`);
}

/** A gate that let everybody through would be fast. */
async function assertGate(url, paying, free) {
  const status = async (path, headers) => (await fetch(`${url}${path}`, { headers })).status;
  for (const [path, headers, expected] of [
    ['/bench/open', {}, 401],
    ['/bench/gated', {}, 401],
    ['/bench/open', free[0], 200],
    ['/bench/gated', free[0], 403],
    ['/bench/gated', free[1], 403],
    ['/bench/gated', paying[0], 200],
    ['/bench/gated', paying[1], 200],
    ['/bench/counted', {}, 401],
    ['/bench/counted', paying[0], 200],
  ]) {
    const got = await status(path, headers);
    if (got !== expected) throw new Error(`${path} answers ${got} instead of ${expected}`);
  }
}
