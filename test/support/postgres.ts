import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a test's own. */
export interface TestDatabase {
  readonly url: string;
  /** Sets the time zone that sessions start in from now on. */
  setTimeZone(zone: string): Promise<void>;
  /** Removes it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Makes a database for one test file: with all migrations run, or empty with `migrated: false`. */
export async function createTestDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  const template = options.migrated === false ? 'template0' : 'tollgate_template';
  await execute(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    url: serverUrl().replace(/\/tollgate$/, `/${name}`),
    setTimeZone: (zone) => execute(`ALTER DATABASE ${name} SET TimeZone = '${zone}'`),
    drop: () => execute(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** The Postgres that Jest's global setup started; no other one is ever used. */
function serverUrl(): string {
  const url = process.env['TOLLGATE_TEST_POSTGRES_URL'];
  if (url === undefined)
    throw new Error('no test Postgres: run this spec in the project "integration" or "e2e"');
  return url;
}

async function execute(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
