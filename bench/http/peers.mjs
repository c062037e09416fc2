import { createHash } from 'node:crypto';
import fastify from 'fastify';
import pg from 'pg';

/** As much as the application's own pool may hold. */
const POOL = 10;

const SCHEMA = `
  create table session (token_hash bytea primary key, user_id text not null, expires_at timestamptz not null);
  create table subscription (user_id text primary key, plan text not null, status text not null, period_end timestamptz not null);
  create table flag (key text primary key, enabled boolean not null, plans text[] not null);
  create table usage (user_id text, feature text, day date, used bigint not null, primary key (user_id, feature, day));
  insert into flag values ('executions', true, '{pro,team,enterprise}');`;

const LIMIT = 1_000_000_000;

/**
 * Fastify routes that our figures are read against: `/bare` answers anybody; `/glue` is what people write by hand
 * today, a query each for session, subscription, flag and limiter. No Nest, no hooks: less than ours does.
 */
export async function startPeers(connectionString, users) {
  const pool = new pg.Pool({ connectionString, max: POOL });
  await pool.query(SCHEMA);
  for (const { token, userId } of users) {
    await pool.query(`insert into session values ($1, $2, now() + interval '1 day')`, [hash(token), userId]);
    await pool.query(`insert into subscription values ($1, 'pro', 'active', now() + interval '1 month')`, [
      userId,
    ]);
  }
  const app = fastify();
  app.get('/bare', () => ({ ok: true }));
  app.get('/glue', async (request, reply) => {
    const status = await glue(pool, request.headers.authorization?.slice('Bearer '.length) ?? '');
    return status === 200 ? { ok: true } : reply.code(status).send({ error: 'refused' });
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const stop = async () => {
    await app.close();
    await pool.end();
  };
  return { url: `http://127.0.0.1:${app.server.address().port}`, stop };
}

async function glue(pool, token) {
  const one = async (name, text, values) => (await pool.query({ name, text, values })).rows[0];
  const session = await one(
    'session',
    'select user_id from session where token_hash = $1 and expires_at > now()',
    [hash(token)],
  );
  if (!session) return 401;
  const held = await one(
    'subscription',
    `select plan from subscription where user_id = $1 and status = 'active' and period_end > now()`,
    [session.user_id],
  );
  const flag = await one('flag', `select plans from flag where key = $1 and enabled`, ['executions']);
  if (!flag?.plans.includes(held?.plan ?? 'free')) return 403;
  const counted = await one(
    'limiter',
    `insert into usage values ($1, 'executions', current_date, 1) on conflict (user_id, feature, day)
     do update set used = usage.used + 1 where usage.used < $2 returning used`,
    [session.user_id, LIMIT],
  );
  return counted ? 200 : 429;
}

const hash = (token) => createHash('sha256').update(token).digest();
