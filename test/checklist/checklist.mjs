/**
 * `npm run checklist [-- --results <file>]... [-- --write]`: holds docs/checklist.md against the last test run and prints
 * `N of 174`. Exits with 1 when a row claims a test that did not pass, or a passing test's row still says "not yet".
 * `--write` fills the proof column from the run first.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { rowsOf, testsOf, verify, withProofs } from './list.mjs';

const root = join(import.meta.dirname, '../..');
const list = join(root, 'docs/checklist.md');

const { values } = parseArgs({
  options: { results: { type: 'string', multiple: true }, write: { type: 'boolean', default: false } },
});
const results = values.results ?? [join(root, '.tollgate/jest-results.json')];

const missing = results.filter((file) => !existsSync(file));
if (missing.length > 0) {
  console.error(
    `No test results at ${missing.map((file) => relative(root, file)).join(', ')}. Run \`npm test\` first.`,
  );
  process.exit(1);
}

const tests = results.flatMap((file) => testsOf(JSON.parse(readFileSync(file, 'utf8')), root));
if (values.write) writeFileSync(list, withProofs(readFileSync(list, 'utf8'), tests));

const { problems, proven, total } = verify(rowsOf(readFileSync(list, 'utf8')), tests);
for (const problem of problems) console.error(problem);
console.log(`${proven} of ${total}`);
process.exitCode = problems.length > 0 ? 1 : 0;
