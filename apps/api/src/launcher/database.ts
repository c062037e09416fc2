import { join } from 'node:path';
import pg from 'pg';
import { LauncherError } from './launcher.errors.js';
import { startEmbeddedPostgres } from './postgres/index.js';
import { note, step } from './progress.js';

/** A database that answers. */
export interface Database {
  readonly url: string;
  /** On this machine, as far as its address says. */
  readonly loopback: boolean;
  /** Settles when an embedded server ends; never for one that is not ours. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

const OLDEST_VERSION = 15;
const CONNECT_TIMEOUT_MS = 5_000;

/** Opens the database of `DATABASE_URL` when that is set, else starts our own in the data directory. */
export async function openDatabase(dataDir: string, url: string | undefined): Promise<Database> {
  if (url !== undefined) return step('connecting to DATABASE_URL', () => givenDatabase(url));
  return step('starting the embedded Postgres', async () => {
    const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log: note });
    return { url: server.url, loopback: true, exited: server.exited, stop: () => server.stop() };
  });
}

/** Whether the host a client connects to is this machine; a socket's folder is. */
export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    host.startsWith('/') ||
    /^127(\.\d{1,3}){3}$/.test(host)
  );
}

async function givenDatabase(url: string): Promise<Database> {
  const client = clientFor(url);
  const place = `${client.host}:${client.port}`;
  const loopback = isLoopback(client.host);
  // A connection lost while we leave is no news.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const found = await client.query<Record<string, string>>('SHOW server_version_num');
    const major = Math.floor(Number(Object.values(found.rows[0] ?? {})[0]) / 10_000);
    if (major < OLDEST_VERSION) {
      throw new LauncherError(
        `The Postgres at ${place} is version ${major}; Tollgate needs ${OLDEST_VERSION} or newer.`,
      );
    }
  } catch (cause) {
    if (cause instanceof LauncherError) throw cause;
    throw new LauncherError(
      `DATABASE_URL: no database at ${place} (${reason(cause)}). Start it or correct the address; without DATABASE_URL Tollgate brings its own.`,
    );
  } finally {
    await client.end();
  }
  return { url, loopback, exited: new Promise(() => undefined), stop: () => Promise.resolve() };
}

function clientFor(url: string): pg.Client {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new LauncherError('DATABASE_URL must look like postgres://user:password@host:5432/database.');
  }
  try {
    return new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  } catch (cause) {
    // The cause may quote the address, and with it the password.
    throw new LauncherError('DATABASE_URL must look like postgres://user:password@host:5432/database.', {
      cause,
    });
  }
}

function reason(cause: unknown): string {
  if (cause instanceof AggregateError && cause.message === '') return reason(cause.errors[0]);
  return cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
}
