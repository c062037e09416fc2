import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { secondsSince } from '../../apps/api/bin/progress.mjs';
import { inProject } from '../../apps/api/bin/project.mjs';
import { CommandFailed, runCommand } from '../../apps/api/bin/run-command.mjs';
import { JEST, jestEnvironment } from './jest-options.mjs';
import { rowsOf } from './jest-rows.mjs';

/** What Jest found, in its own JSON; the checklist reads the names of the passing tests there. */
const RESULTS = inProject('.tollgate', 'jest-results.json');

/** Enough for two cores; more than eight would only wait for each other at the one Postgres. */
const WORKERS = Math.min(8, Math.max(2, availableParallelism()));

/** Runs all specs, showing Jest's own output, and gives a row for each kind of them. */
export async function runJest() {
  const from = performance.now();
  console.log('· tests …');
  mkdirSync(inProject('.tollgate'), { recursive: true, mode: 0o700 });
  rmSync(RESULTS, { force: true });
  const failure = await jest();
  const time = secondsSince(from);
  console.log(`${failure === undefined ? '✓' : '✗'} tests (${time})`);
  if (!existsSync(RESULTS))
    return [{ name: 'tests', state: 'FAILED', time, reason: 'Jest ended without results' }];
  const rows = rowsOf(JSON.parse(readFileSync(RESULTS, 'utf8')));
  if (failure === undefined || rows.some(({ state }) => state === 'FAILED')) return rows;
  return [...rows, { name: 'tests', state: 'FAILED', reason: failure }];
}

async function jest() {
  const args = ['--json', `--outputFile=${RESULTS}`, `--maxWorkers=${WORKERS}`];
  try {
    await runCommand(process.execPath, [JEST, ...args], {
      show: true,
      env: jestEnvironment(),
    });
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return error.message;
  }
}
