import { randomBytes } from 'node:crypto';
import { interleave } from '../runner/interleave.mjs';
import { COUNTED } from './findings.mjs';
import { load } from './load.mjs';

/** Bare Fastify, our routes and hand-written glue code taking turns; gives a Map of name to rounds. */
export async function sideBySide(server, database, { rounds, say, ...how }) {
  const users = how.callers.map((_, index) => ({
    token: randomBytes(24).toString('base64url'),
    userId: `user-${index}`,
  }));
  const databaseUrl = await database.database('glue', { migrated: false });
  const { url } = await server.ask('startPeers', { databaseUrl, users });
  const known = users.map(({ token }) => ({ authorization: `Bearer ${token}` }));
  const contenders = [
    { name: 'bare Fastify', path: '/bare', url, callers: [{}] },
    { name: 'Tollgate’s API without a gate', path: '/bench/open' },
    { name: 'Tollgate’s API, @RequiresFeature', path: '/bench/gated' },
    { name: COUNTED, path: '/bench/counted' },
    { name: 'bare Fastify, glue code', path: '/glue', url, callers: known },
  ];
  const measure = (contender) => load(server, { ...how, ...contender });
  for (const contender of contenders) await measure({ ...contender, seconds: 1 });
  return interleave(contenders, { rounds, measure, say: (line) => say(`side by side, ${line}`) });
}
