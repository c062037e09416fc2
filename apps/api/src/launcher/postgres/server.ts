import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../poll.js';
import type { ServerAccount } from './account.js';
import { spawnIdentity } from './account.js';
import type { Binaries } from './binaries.js';
import { clusterName } from './cluster-name.js';
import { explainFailure, PostgresLaunchError } from './postgres.errors.js';
import { stopServer } from './previous-server.js';
import { SERVER_ENVIRONMENT } from './server-environment.js';

/** How long recovery after a crash may take before we give up on a server that still runs. */
const READY_WITHIN_MS = 120_000;

/** A postmaster that accepts connections. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** Settles when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;
}

export interface ServerPlan {
  readonly place: string;
  readonly pgdata: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
}

/** Starts the server on 127.0.0.1 and waits until it accepts connections; `onSpawn` hears its pid at once. */
export async function startServer(
  plan: ServerPlan,
  account: ServerAccount,
  binaries: Binaries,
  onSpawn: (pid: number) => void,
): Promise<RunningServer> {
  const logFile = join(plan.place, 'server.log');
  const child = spawnServer(plan, account, binaries, logFile);
  const ended = { yet: false };
  const exited = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  }).finally(() => (ended.yet = true));
  const { pid } = child;
  if (pid === undefined) {
    const cause = await exited.then(() => 'no process', String);
    throw explainFailure('The database server could not be started', cause);
  }
  onSpawn(pid);
  const ready = await until(() => ended.yet || isReady(plan.pgdata, pid), READY_WITHIN_MS);
  if (ended.yet) throw explainFailure('The database server gave up', readFileSync(logFile, 'utf8'), logFile);
  if (ready) return { pid, port: plan.port, exited };
  await stopServer(pid);
  throw new PostgresLaunchError(
    'failed',
    `The database server was not ready within two minutes (whole log: ${logFile}).`,
  );
}

/** In a session of its own, or Ctrl-C would stop it before the application has let go of it. */
function spawnServer(
  plan: ServerPlan,
  account: ServerAccount,
  binaries: Binaries,
  logFile: string,
): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(plan.port),
    unix_socket_directories: '',
    cluster_name: clusterName(plan.pgdata),
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...plan.settings,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  try {
    const child = spawn(binaries.postgres, ['-D', plan.pgdata, ...args], {
      cwd: '/',
      detached: true,
      env: SERVER_ENVIRONMENT,
      stdio: ['ignore', log, log],
      ...spawnIdentity(account),
    });
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

/** The eighth line of postmaster.pid is the server's state. */
function isReady(pgdata: string, pid: number): boolean {
  const file = join(pgdata, 'postmaster.pid');
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, 'utf8').split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}
