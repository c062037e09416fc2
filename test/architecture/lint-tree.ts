import { execFile } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type SourceTree, withSourceTree } from './source-tree.js';

const repository = join(import.meta.dirname, '../..');

/** One finding of the linter: the rule without its plugin, and the file relative to the tree. */
export interface LintFinding {
  readonly rule: string;
  readonly file: string;
}

/** Runs `oxlint --type-aware` with the project's own configuration over a tree that is laid out like the project. */
export async function lintFindingsOf(tree: SourceTree): Promise<LintFinding[]> {
  const configuration = {
    '.oxlintrc.json': await readFile(join(repository, '.oxlintrc.json'), 'utf8'),
    'tsconfig.json': await readFile(join(repository, 'tsconfig.json'), 'utf8'),
  };
  return withSourceTree({ ...configuration, ...tree }, async (root) => {
    await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
    const report = JSON.parse(await runOxlint(root)) as OxlintReport;
    return report.diagnostics.map(({ code, filename }) => ({
      rule: /\((.*)\)/.exec(code)?.[1] ?? code,
      file: filename,
    }));
  });
}

interface OxlintReport {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

/** @returns the JSON report; findings make oxlint exit with 1, which is an answer here and not a failure */
function runOxlint(root: string): Promise<string> {
  const oxlint = join(repository, 'node_modules/oxlint/bin/oxlint');
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [oxlint, '--type-aware', '-f', 'json', 'apps', 'libs', 'test'],
      { cwd: root },
      (error, stdout, stderr) => {
        if (error === null || error.code === 1) resolve(stdout);
        else reject(new Error(`oxlint failed: ${stderr || stdout}`, { cause: error }));
      },
    );
  });
}
