import { relative } from 'node:path';
import { root } from '../../apps/api/bin/project.mjs';

/** Which kind a spec is of, by where it stands; the order is that of the table. */
const KINDS = [
  ['unit', /^(apps|libs)\//],
  ['architecture', /^test\/architecture\//],
  ['integration', /^test\/integration\//],
  ['contract', /^test\/contract\//],
  ['e2e', /^test\/e2e\//],
];

/** Kinds whose absence would be a hole. */
const REQUIRED = ['unit', 'architecture', 'integration', 'e2e'];

/** Jest's results as rows of the table: `{ name, state, passed, failed, skipped }`. */
export function rowsOf(results) {
  const files = results.testResults.map((file) => ({
    ...file,
    path: relative(root, file.name).replaceAll('\\', '/'),
  }));
  return KINDS.flatMap(([name, place]) => {
    const own = files.filter(({ path }) => place.test(path));
    if (own.length === 0)
      return REQUIRED.includes(name) ? [{ name, state: 'NOT RUN', reason: 'no spec ran' }] : [];
    const count = (status) =>
      own.flatMap((file) => file.assertionResults).filter((test) => test.status === status).length;
    // A file that could not even be loaded has no tests to count.
    const broken = own.filter((file) => file.status === 'failed' && !hasFailure(file)).length;
    const row = { name, passed: count('passed'), failed: count('failed') + broken };
    const skipped = own.flatMap((file) => file.assertionResults).length - count('passed') - count('failed');
    if (row.failed > 0) return [{ ...row, state: 'FAILED' }];
    return skipped > 0 ? { ...row, state: 'NOT RUN', reason: `${skipped} skipped` } : { ...row, state: 'OK' };
  });
}

function hasFailure(file) {
  return file.assertionResults.some((test) => test.status === 'failed');
}
