import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensureBuilt } from '../../apps/api/bin/build.mjs';
import { inProject } from '../../apps/api/bin/project.mjs';

const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

/** One Postgres of our own for the whole run, however many projects ask for it; its address goes to the tests. */
export default async function globalSetup() {
  globalThis.tollgatePostgres ??= start();
  await globalThis.tollgatePostgres;
}

async function start() {
  await ensureBuilt('server');
  const { startEmbeddedPostgres } = await import(inProject('dist/apps/api/src/launcher/postgres/index.js'));
  const server = await startEmbeddedPostgres({
    dataDir: mkdtempSync(join(tmpdir(), 'tollgate-test-')),
    fresh: true,
    settings: SETTINGS,
  });
  try {
    await prepareTemplate(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  process.env.TOLLGATE_TEST_POSTGRES_URL = server.url;
  return server;
}

/** Tests copy this database, which takes 30 ms, instead of running all migrations, which takes seconds. */
async function prepareTemplate(url) {
  await execute(url, 'CREATE DATABASE tollgate_template');
  const migrations = inProject('dist/apps/api/src/database/migrate.js');
  if (existsSync(migrations)) {
    const { migrate } = await import(migrations);
    await migrate(url.replace(/\/tollgate$/, '/tollgate_template'));
  }
  await execute(url, 'ALTER DATABASE tollgate_template ALLOW_CONNECTIONS false');
}

async function execute(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
