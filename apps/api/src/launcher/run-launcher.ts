import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inspect } from 'node:util';
import { openDataDirectory } from './data-directory.js';
import type { DataDirectory } from './data-directory.js';
import type { Programs, Running } from './launch.js';
import { launch, stopAll } from './launch.js';
import { LauncherError } from './launcher.errors.js';
import { PostgresLaunchError } from './postgres/index.js';
import { readSettings } from './settings.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Starts everything, stays until a signal or until a part ends, stops everything; gives the exit code. */
export async function runLauncher(root: string, programs: Programs): Promise<number> {
  surviveClosedTerminal();
  try {
    if (existsSync(join(root, '.env'))) process.loadEnvFile(join(root, '.env'));
    const settings = readSettings(process.env);
    return await supervise(openDataDirectory(root, settings.dataDir), (data, running) =>
      launch(programs, settings, process.env, data, running),
    );
  } catch (cause) {
    console.error(describe(cause));
    return 1;
  }
}

async function supervise(
  data: DataDirectory,
  start: (data: DataDirectory, running: Running) => Promise<readonly string[]>,
): Promise<number> {
  const running: Running = {};
  const signals = listenForSignals();
  const ended = start(data, running).then(
    async (screen) => {
      console.log(['', ...screen].join('\n'));
      return `${await firstEnd(running)} Stopping the rest.`;
    },
    // What fails because we are stopping it is no failure.
    (cause: unknown) => (signals.count() === 0 ? describe(cause) : ''),
  );
  const stopping = signals.first.then(() => 'Stopping: application, sandbox, database …');
  const why = await Promise.race([ended, stopping]);
  const asked = signals.count() > 0;
  (asked ? console.log : console.error)(asked ? `\n${why}` : why);
  await Promise.race([
    stopAll(running, data, false),
    signals.second.then(() => stopAll(running, data, true)),
  ]);
  if (asked) console.log('Stopped.');
  return asked ? 0 : 1;
}

/** One line about the first part that ends without having been asked. */
async function firstEnd(running: Running): Promise<string> {
  const ends = [running.app, running.sandbox]
    .filter((child) => child !== undefined)
    .map(async (child) => `✗ ${child.name} ended unexpectedly (${await child.exited}).`);
  const database = running.database?.exited.then(() => '✗ the database ended unexpectedly.');
  return Promise.race(database === undefined ? ends : [...ends, database]);
}

/** Ctrl-C reaches us from the terminal and once more from npm: what follows at once is the same wish. */
const ECHO_MS = 1_000;

/** The first signal asks to stop; the second one is in a hurry. */
function listenForSignals(): { first: Promise<void>; second: Promise<void>; count: () => number } {
  const times: number[] = [];
  const arrivals = new EventEmitter();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (performance.now() - (times.at(-1) ?? -ECHO_MS) < ECHO_MS) return;
      times.push(performance.now());
      arrivals.emit(`signal ${times.length}`);
    });
  }
  const nth = (index: number) => new Promise<void>((resolve) => arrivals.once(`signal ${index}`, resolve));
  return { first: nth(1), second: nth(2), count: () => times.length };
}

/** A terminal that was closed takes no more lines; what is left to do must be done all the same. */
function surviveClosedTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** One line for what a person can put right; anything else is a fault of ours and keeps its stack. */
function describe(cause: unknown): string {
  if (cause instanceof LauncherError || cause instanceof PostgresLaunchError) return `✗ ${cause.message}`;
  return inspect(cause);
}
