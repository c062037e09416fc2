import { mkdirSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { inProject } from '../../apps/api/bin/project.mjs';

/** As a careful installation has it: every commit is on disk before it is answered. Never turned off here. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', max_connections: '200' };

/**
 * Starts a Postgres of the run's own with durable commits and all our migrations.
 *
 * - `url`: connection string of the migrated database
 * - `pool(options)`: a `pg.Pool` on it, ended by `stop()`
 * - `database(name)`: another database with all migrations, or empty with `migrated: false`; gives its connection string
 * - `version()`: as the server names itself
 * - `stop()`: ends pools and server, removes the data
 */
export async function startPostgres(settings = {}) {
  const { startEmbeddedPostgres } = await import(inProject('dist/apps/api/src/launcher/postgres/index.js'));
  const { migrate } = await import(inProject('dist/apps/api/src/database/migrate.js'));
  const base = inProject('.tollgate', 'bench');
  mkdirSync(base, { recursive: true });
  const dataDir = await mkdtemp(join(base, 'postgres-'));
  const server = await startEmbeddedPostgres({ dataDir, fresh: true, settings: { ...DURABLE, ...settings } });
  const pools = [];
  const pool = (options = {}) => {
    const made = new pg.Pool({ connectionString: server.url, max: 20, ...options });
    pools.push(made);
    return made;
  };
  try {
    await migrate(server.url);
  } catch (cause) {
    await server.stop();
    throw cause;
  }
  return {
    url: server.url,
    pool,
    database: (name, { migrated = true } = {}) =>
      anotherDatabase(server.url, name, migrated ? migrate : async () => undefined),
    version: () => ask(server.url, 'show server_version'),
    stop: async () => {
      for (const open of pools) if (!open.ended) await open.end();
      await server.stop();
    },
  };
}

async function anotherDatabase(url, name, fill) {
  await ask(url, `create database ${pg.escapeIdentifier(name)}`);
  const own = url.replace(/\/tollgate$/, `/${name}`);
  await fill(own);
  return own;
}

async function ask(connectionString, sql) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(sql);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}
