import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { inProject, root } from '../../apps/api/bin/project.mjs';

/** Where results of full runs are kept, and committed. */
export const resultFile = (suite) => inProject('bench', 'results', `${suite}.json`);

/** Writes a result as JSON and gives its path; that of a quick run goes where nobody commits it. */
export function saveResult(suite, result) {
  const file = result.run.quick ? inProject('.tollgate', 'bench', `${suite}.quick.json`) : resultFile(suite);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  return relative(root, file);
}
