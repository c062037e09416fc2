import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from './poll.js';
import { isRunning } from './processes.js';

/** One program the launcher started. */
export interface Child {
  readonly name: string;
  /** Settles with the reason, in words, when it has ended. */
  readonly exited: Promise<string>;
  /** Hears what it sends over its channel. */
  onMessage(listener: (message: unknown) => void): void;
  /** Asks it to end, waits up to `patienceMs`, then kills it. */
  stop(patienceMs: number): Promise<void>;
}

/**
 * Starts a Node program in a session of its own (Ctrl-C must reach the launcher alone, which stops things in order).
 * Its output goes to `logFile`, or to the terminal.
 */
export function startChild(
  name: string,
  script: string,
  env: Readonly<Record<string, string>>,
  logFile?: string,
): Child {
  const log = logFile === undefined ? undefined : openSync(logFile, 'w', 0o600);
  const output = log ?? 'inherit';
  const preload = pathToFileURL(join(import.meta.dirname, 'exit-with-parent.js')).href;
  const child = spawn(process.execPath, ['--import', preload, '--enable-source-maps', script], {
    detached: true,
    env,
    stdio: ['ignore', output, output, 'ipc'],
  });
  if (log !== undefined) closeSync(log);
  return {
    name,
    exited: whenEnded(child),
    onMessage: (listener) => void child.on('message', listener),
    stop: (patienceMs) => stopChild(child, patienceMs),
  };
}

async function whenEnded(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (cause) => resolve(cause.message));
    child.once('exit', (code, signal) => resolve(signal === null ? `code ${code}` : signal));
  });
}

async function stopChild(child: ChildProcess, patienceMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  if (await until(() => !isRunning(pid), patienceMs)) return;
  child.kill('SIGKILL');
  await until(() => !isRunning(pid), 2_000);
}
