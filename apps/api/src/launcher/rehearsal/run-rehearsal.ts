import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { inspect, parseArgs } from 'node:util';
import { type Database, openDatabase } from '../database.js';
import type { Programs } from '../launch.js';
import { LauncherError } from '../launcher.errors.js';
import { PostgresLaunchError, startEmbeddedPostgres } from '../postgres/index.js';
import { step } from '../progress.js';
import { type StandIn, STAND_INS } from '../stand-ins.js';
import { play, RehearsalError } from './play.js';
import { Stage } from './stage.js';
import { inTheatre } from './theatre.js';
import { plainStyle, stepLines, type Style, terminalStyle } from './timeline.js';
import { A_YEAR } from './year.js';

const PROVIDER_NAMES = STAND_INS.map(({ name }) => name);

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Plays the year through each provider asked for (`--provider NAME`; all by default); gives the exit code. A signal ends
 * it between two steps, and leaves nothing behind either.
 */
export async function runRehearsal(programs: Programs, args: readonly string[]): Promise<number> {
  const stop = signalled();
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-rehearsal-'));
  try {
    const providers = providersOf(args);
    const database = await openServer(folder);
    try {
      if (!database.loopback)
        throw new LauncherError('A rehearsal needs a database of this machine; unset DATABASE_URL.');
      const style = process.stdout.isTTY && !process.env['NO_COLOR'] ? terminalStyle : plainStyle;
      const failed: StandIn[] = [];
      for (const provider of providers) {
        if (stop.aborted) return 1;
        if (!(await rehearse(programs, database.url, provider, { folder, style, stop })))
          failed.push(provider);
      }
      return failed.length === 0 ? 0 : 1;
    } finally {
      await database.stop();
    }
  } catch (cause) {
    console.error(describe(cause));
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The server of `DATABASE_URL`, or an embedded one that leaves nothing behind. */
async function openServer(folder: string): Promise<Pick<Database, 'url' | 'loopback' | 'stop'>> {
  const given = process.env['DATABASE_URL'];
  if (given) return openDatabase(folder, given);
  const dataDir = join(folder, 'postgres');
  const server = await step('starting an embedded Postgres for this rehearsal', () =>
    startEmbeddedPostgres({ dataDir, fresh: true }),
  );
  return { url: server.url, loopback: true, stop: () => server.stop() };
}

async function rehearse(
  programs: Programs,
  serverUrl: string,
  provider: StandIn,
  { folder, style, stop }: { folder: string; style: Style; stop: AbortSignal },
): Promise<boolean> {
  const from = performance.now();
  const { name, title } = provider;
  console.log(`\n  ${style.strong(`A year of one team, sold through ${title}`)}   (UTC; no money moves)\n`);
  try {
    await inTheatre(programs, serverUrl, name, folder, (place) =>
      play(
        A_YEAR,
        new Stage(place),
        nextYear(),
        (played) => console.log(stepLines(played, style).join('\n')),
        stop,
      ),
    );
  } catch (cause) {
    console.error(`\n✗ ${title}: ${cause instanceof RehearsalError ? cause.message : describe(cause)}`);
    return false;
  }
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  console.log(`\n✓ ${title}: ${A_YEAR.length} steps, all as the story says (${seconds} s)`);
  return true;
}

/** Aborted when the process is told to end. */
function signalled(): AbortSignal {
  const stop = new AbortController();
  for (const signal of SIGNALS) process.once(signal, () => stop.abort());
  return stop.signal;
}

/** Clocks only move forward, and the sandbox starts at the real time. */
function nextYear(): number {
  return new Date(performance.timeOrigin).getUTCFullYear() + 1;
}

function providersOf(args: readonly string[]): readonly StandIn[] {
  const { provider } = parsed(args);
  if (provider === undefined) return STAND_INS;
  const known = STAND_INS.find(({ name }) => name === provider);
  if (known) return [known];
  throw new LauncherError(`--provider ${provider}: there are ${PROVIDER_NAMES.join(' and ')}.`);
}

function parsed(args: readonly string[]): { provider?: string | undefined } {
  try {
    return parseArgs({ args: [...args], options: { provider: { type: 'string' } } }).values;
  } catch (cause) {
    throw new LauncherError(`Usage: npm run rehearse [-- --provider ${PROVIDER_NAMES.join('|')}]`, { cause });
  }
}

function describe(cause: unknown): string {
  if (cause instanceof LauncherError || cause instanceof PostgresLaunchError) return `✗ ${cause.message}`;
  return inspect(cause);
}
