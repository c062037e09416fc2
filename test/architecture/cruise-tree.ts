import { join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { type SourceTree, withSourceTree } from './source-tree.js';

const repository = join(import.meta.dirname, '../..');

/** One broken rule: the file that breaks it and what it imports (the file itself where the rule is about one file). */
export interface Violation {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

/** Names of all rules of `.dependency-cruiser.cjs`. */
export async function ruleNames(): Promise<string[]> {
  const { ruleSet } = await cruiseOptions();
  return (ruleSet?.forbidden ?? []).map(({ name }) => name ?? 'unnamed');
}

/** Runs the project's own boundary rules over a tree that is laid out like the project. */
export async function violationsOf(tree: SourceTree): Promise<Violation[]> {
  const project = {
    'tsconfig.json': await tsconfigOfATree(),
    'package.json': JSON.stringify({ name: 'fixture', dependencies: {} }),
  };
  return withSourceTree({ ...project, ...tree }, async (root) => {
    const tsConfig = join(root, 'tsconfig.json');
    const options = { ...(await cruiseOptions()), baseDir: root, tsConfig: { fileName: tsConfig } };
    const folders = ['apps', 'libs', 'test', 'bench'].filter((folder) => hasFolder(tree, folder));
    const { output } = await cruise(folders, options, {}, { tsConfig: extractTSConfig(tsConfig) });
    return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({
      rule: rule.name,
      from,
      to,
    }));
  });
}

const cruiseOptions = () => extractDepcruiseOptions(join(repository, '.dependency-cruiser.cjs'));

const hasFolder = (tree: SourceTree, folder: string) =>
  Object.keys(tree).some((path) => path.startsWith(`${folder}/`));

/** The project's own paths; an explicit base, or they would be looked up from the directory the test runs in. */
async function tsconfigOfATree(): Promise<string> {
  const { compilerOptions } = extractTSConfig(join(repository, 'tsconfig.json')).raw;
  return JSON.stringify({
    compilerOptions: { ...compilerOptions, baseUrl: '.' },
    include: ['apps', 'libs', 'test', 'bench'],
  });
}
