import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { SystemClock } from '@tollgate/kernel';
import { MIGRATIONS } from '../database/data-source.js';
import { type Finding, unwell, well } from './finding.js';

const CONNECT_WITHIN_MS = 3_000;
const NOTIFY_WITHIN_MS = 2_000;
const OLDEST_VERSION = 150_000;
/** Beyond this, rows and our clock disagree about what is due. */
const MOST_SKEW_SECONDS = 5;

/** Looks at the database: reachable, new enough, migrated, on time, and a direct connection. */
export async function checkDatabase(url: string): Promise<readonly Finding[]> {
  const client = newClient(url);
  try {
    await client.connect();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const remedy = 'Check DATABASE_URL, and that Postgres runs and lets this machine in';
    return [unwell('database', 'fail', `cannot be reached: ${why}`, remedy)];
  }
  try {
    return [
      await checkVersion(client),
      await checkClock(client),
      await checkDirectConnection(client, url),
      await checkMigrations(client),
    ];
  } finally {
    await client.end();
  }
}

function newClient(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_WITHIN_MS });
  // Unheard, an error of an idle connection would end the process.
  client.on('error', () => undefined);
  return client;
}

async function checkVersion(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ number: number; version: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
  );
  const [row] = rows;
  const { number, version } = row ?? { number: 0, version: '?' };
  if (number >= OLDEST_VERSION) return well('database', `Postgres ${version}`);
  return unwell('database', 'fail', `Postgres ${version} is too old`, 'Upgrade to 15 or newer');
}

async function checkClock(client: pg.Client): Promise<Finding> {
  const machine = new SystemClock();
  const asked = machine.now().getTime();
  const { rows } = await client.query<{ now: Date }>('select clock_timestamp() as now');
  const middle = (asked + machine.now().getTime()) / 2;
  const skew = Math.round(Math.abs((rows[0]?.now.getTime() ?? 0) - middle) / 1000);
  if (skew <= MOST_SKEW_SECONDS) return well('database clock', `${skew} s from this machine’s`);
  return unwell('database clock', 'warn', `${skew} s from this machine’s`, 'Let both follow an NTP server');
}

/**
 * LISTEN must hear what another connection sends: a pooler in transaction mode hands the listening connection to
 * somebody else, and every node would answer from memory that nobody refreshes.
 */
async function checkDirectConnection(listening: pg.Client, url: string): Promise<Finding> {
  const channel = `tollgate_doctor_${randomBytes(6).toString('hex')}`;
  const heard = new Promise<true>((resolve) => {
    listening.on('notification', (message) => {
      if (message.channel === channel) resolve(true);
    });
  });
  const sending = newClient(url);
  await sending.connect();
  try {
    await listening.query(`listen ${channel}`);
    await sending.query('select pg_notify($1, $2)', [channel, '']);
    const late = delay(NOTIFY_WITHIN_MS, false, { ref: false });
    if (await Promise.race([heard, late])) return well('database connection', 'direct: LISTEN hears NOTIFY');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unwell('database connection', 'fail', `LISTEN is refused: ${why}`, DIRECT);
  } finally {
    await sending.end();
  }
  return unwell('database connection', 'fail', 'LISTEN heard nothing of a NOTIFY', DIRECT);
}

const DIRECT = 'Point DATABASE_URL at Postgres itself, or at a pooler in session mode';

async function checkMigrations(client: pg.Client): Promise<Finding> {
  const known = MIGRATIONS.map((migration) => migration.name);
  const { rows } = await client.query<{ table: string | null }>(`select to_regclass('migrations') as table`);
  if (rows[0]?.table === null) return unmigrated(known.length);
  const run = await client.query<{ name: string }>('select name from migrations');
  const names = new Set(run.rows.map(({ name }) => name));
  const missing = known.filter((name) => !names.has(name));
  return missing.length === 0
    ? well('migrations', `all ${known.length} have run`)
    : unmigrated(missing.length);
}

function unmigrated(count: number): Finding {
  return unwell('migrations', 'warn', `${count} have not run`, 'Start the API or the worker: they run them');
}
