import { checks } from './checks.mjs';
import { runJest } from './jest-part.mjs';
import { longSuites } from './long-suites.mjs';
import { runPart } from './run-part.mjs';
import { printTable } from './table.mjs';

/**
 * Runs all parts and prints the table; gives the exit code. The checks run two at a time, the tests alone: they
 * measure time and use both cores.
 */
export async function runParts({ all, ci }) {
  const rows = (await Promise.all(checks.map(runInOrder))).flat();
  rows.push(...(await runJest()));
  rows.push(await runPart({ name: 'checklist', npmScript: 'checklist' }));
  for (const suite of longSuites) {
    rows.push(
      all ? await runPart(suite) : { name: suite.name, state: 'LONG', reason: 'npm run test:all runs it' },
    );
  }
  return printTable(rows, { ci });
}

async function runInOrder(lane) {
  const rows = [];
  for (const check of lane) rows.push(await runPart(check));
  return rows;
}
