import { createHash } from 'node:crypto';
import type { RunningProcess } from '../processes.js';
import { listProcesses } from '../processes.js';

/** The name every process of one database carries in its title: the only mark that root in a container can read. */
export function clusterName(pgdata: string): string {
  return `tollgate-${createHash('sha256').update(pgdata).digest('hex').slice(0, 12)}`;
}

/** The living processes of the server on `pgdata`: the postmaster, and what it started. */
export function serverProcesses(pgdata: string): RunningProcess[] {
  return listProcesses().filter((found) => !found.zombie && isServerProcess(found, pgdata));
}

/** Whether a process is a part of the server on `pgdata`. */
export function isServerProcess(found: RunningProcess, pgdata: string): boolean {
  return /(^|\/)postgres:? /.test(found.command) && found.command.includes(clusterName(pgdata));
}
