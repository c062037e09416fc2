import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { errorCode } from './error-code.js';

/** One running program: `command` is its argument list joined by blanks, `started` tells it from a later one with the same pid. */
export interface RunningProcess {
  readonly pid: number;
  readonly zombie: boolean;
  readonly started: string;
  readonly command: string;
}

/** Every process of this machine that we may see. `ps` is not everywhere on Linux, and /proc not on macOS. */
export function listProcesses(): RunningProcess[] {
  if (process.platform !== 'linux') return fromPs(['-ax']);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => fromProc(Number(name)));
}

/** The process with that id; undefined when there is none (a zombie is one, and says so). */
export function findProcess(pid: number): RunningProcess | undefined {
  return (process.platform === 'linux' ? fromProc(pid) : fromPs(['-p', String(pid)]))[0];
}

/** Whether it runs: there, and not a zombie waiting to be reaped. */
export function isRunning(pid: number): boolean {
  return findProcess(pid)?.zombie === false;
}

function fromProc(pid: number): RunningProcess[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return [{ pid, zombie: fields[0] === 'Z' || fields[0] === 'X', started: fields[19] ?? '', command }];
  } catch (cause) {
    if (['ENOENT', 'ESRCH'].includes(errorCode(cause) ?? '')) return [];
    throw cause;
  }
}

function fromPs(which: readonly string[]): RunningProcess[] {
  const format = ['-o', 'pid=', '-o', 'stat=', '-o', 'lstart=', '-o', 'command='];
  return psOutput([...which, ...format])
    .split('\n')
    .flatMap((line) => {
      const match = /^\s*(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line);
      if (match === null) return [];
      const [, pid, state = '', started = '', command = ''] = match;
      return [{ pid: Number(pid), zombie: state.startsWith('Z'), started, command }];
    });
}

/** `ps -p` ends with 1 when there is no such process. */
function psOutput(args: readonly string[]): string {
  try {
    return execFileSync('ps', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (cause) {
    if (cause instanceof Error && 'status' in cause && cause.status === 1) return '';
    throw cause;
  }
}
