import { spawn } from 'node:child_process';

/** Waits by the server's side for our end; see `startWatchdog`. */
export interface Watchdog {
  /** Tells it which postmaster to stop. */
  watch(pid: number): void;
  /** Sends it away: the server has been stopped in the usual way. */
  dismiss(): void;
}

/**
 * Reads pids until its input ends, which the kernel sees to however we die. Then it asks the last one to stop, waits
 * until its pid file is gone (its pid may stay for long where nobody reaps), and removes the folder it was given, if
 * any. A shell, since a second Node would cost 40 MB.
 */
const SCRIPT = `
pid=
while read -r line; do pid=$line; done
if [ -n "$pid" ]; then
  kill -INT "$pid" 2>/dev/null
  tries=0
  while [ -e "$1/postmaster.pid" ] && kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  [ ! -e "$1/postmaster.pid" ] || kill -KILL "$pid" 2>/dev/null
fi
[ -z "$2" ] || rm -rf -- "$2" || { sleep 2; rm -rf -- "$2"; }
`;

/**
 * Starts the watchdog: when this process ends in any way, kill -9 included, the server ends too.
 * @param removeFolder a throw-away data folder to delete afterwards
 */
export function startWatchdog(pgdata: string, removeFolder?: string): Watchdog {
  const child = spawn('/bin/sh', ['-c', SCRIPT, 'tollgate-postgres-watchdog', pgdata, removeFolder ?? ''], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Its end is no news: it goes when we dismiss it, and a write to it after that has nobody to reach.
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  child.unref();
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  return {
    watch: (pid) => void child.stdin.write(`${pid}\n`),
    dismiss: () => void child.kill('SIGKILL'),
  };
}
