import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import pg from 'pg';
import { listProcesses } from '../../../../apps/api/src/launcher/processes.js';
import type { Program, ProgramOptions } from './program.js';
import { startProgram } from './program.js';

/** An embedded Postgres started by a process of its own. */
export interface Server {
  readonly program: Program;
  readonly url: string;
  readonly pid: number;
}

/** Starts one on `dataDir` and waits until it answers. */
export async function startServer(
  dataDir: string,
  options: ProgramOptions & { script?: string } = {},
): Promise<Server> {
  const { script = 'postgres.mjs', ...rest } = options;
  const program = startProgram(script, [dataDir], rest);
  const [line] = await program.waitFor(/\{"url".*\}/);
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  return { program, url, pid };
}

/** What the attempt to start one says instead: its error's code and message. */
export async function refusalOf(dataDir: string, port?: number): Promise<{ code: string; message: string }> {
  const program = startProgram('postgres.mjs', [dataDir, ...(port === undefined ? [] : [String(port)])]);
  const [line] = await program.waitFor(/\{"code".*\}/);
  return JSON.parse(line) as { code: string; message: string };
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The shell that waits for the end of the owner of the database in `dataDir`. */
export function watchdogOf(dataDir: string): number {
  const found = listProcesses().find(
    ({ command, zombie }) =>
      !zombie && command.includes('tollgate-postgres-watchdog') && command.includes(dataDir),
  );
  if (found === undefined) throw new Error(`no watchdog for ${dataDir}`);
  return found.pid;
}

/** The user id a process runs as. */
export function ownerOf(pid: number): number {
  if (process.platform === 'linux') return statSync(`/proc/${pid}`).uid;
  return Number(execFileSync('ps', ['-o', 'uid=', '-p', String(pid)], { encoding: 'utf8' }));
}
