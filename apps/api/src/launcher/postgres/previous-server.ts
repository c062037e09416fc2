import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../error-code.js';
import { until } from '../poll.js';
import { findProcess, isRunning } from '../processes.js';
import { isServerProcess, serverProcesses } from './cluster-name.js';
import { PostgresLaunchError } from './postgres.errors.js';

/** How long each way of asking gets: finish what you do, drop everything, die. */
const ASKS = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const;

/**
 * Ends what an earlier run left on `pgdata`, whether its launcher, its postmaster or both were killed.
 * The pid file goes only after the last process is gone: it is Postgres' own guard against two servers on one folder.
 */
export async function clearPreviousServer(pgdata: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(pgdata, 'postmaster.pid');
  if (existsSync(pidFile)) {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    const found = Number.isNaN(pid) ? undefined : findProcess(pid);
    if (found !== undefined && !found.zombie && isServerProcess(found, pgdata)) {
      log(`an earlier run left its database server (process ${pid}) behind: stopping it`);
      await stopServer(pid);
    }
  }
  await endOrphans(pgdata);
  rmSync(pidFile, { force: true });
}

/** Stops a postmaster by its id and waits for its end. @throws PostgresLaunchError when not even SIGKILL helps */
export async function stopServer(pid: number): Promise<void> {
  for (const [signal, patience] of ASKS) {
    if (!isRunning(pid)) return;
    send(pid, signal);
    if (await until(() => !isRunning(pid), patience)) return;
  }
  throw new PostgresLaunchError(
    'in_use',
    `The database server (process ${pid}) does not end. Stop it and start again.`,
  );
}

/** Server processes notice the death of their postmaster by themselves, but a busy one late. */
async function endOrphans(pgdata: string): Promise<void> {
  if (await until(() => serverProcesses(pgdata).length === 0, 3_000)) return;
  for (const { pid } of serverProcesses(pgdata)) send(pid, 'SIGKILL');
  if (await until(() => serverProcesses(pgdata).length === 0, 5_000)) return;
  const pids = serverProcesses(pgdata).map(({ pid }) => pid);
  throw new PostgresLaunchError(
    'in_use',
    `Old server processes (${pids.join(', ')}) do not end. Stop them and start again.`,
  );
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (cause) {
    if (errorCode(cause) !== 'ESRCH') throw cause;
  }
}
