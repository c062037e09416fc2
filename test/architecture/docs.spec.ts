import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { namesInTables, referencedPaths } from './doc-references.js';
import { projectSources } from './project-sources.js';

const repository = join(import.meta.dirname, '../..');

/** Pages for readers; the checklist's proofs are held by its own tool. */
async function pages(): Promise<string[]> {
  const docs = await readdir(join(repository, 'docs'), { recursive: true });
  const libs = await readdir(join(repository, 'libs'));
  return [
    'README.md',
    'CONTRIBUTING.md',
    ...docs.filter((name) => name.endsWith('.md') && name !== 'checklist.md').map((name) => `docs/${name}`),
    ...libs.map((lib) => `libs/${lib}/README.md`),
  ].filter((page) => existsSync(join(repository, page)));
}

describe('the documentation', () => {
  it('names only files and folders that exist', async () => {
    const dead = (await pages()).map(async (page) => {
      const paths = referencedPaths(page, await readFile(join(repository, page), 'utf8'));
      return paths.filter((path) => !existsSync(join(repository, path))).map((path) => `${page}: ${path}`);
    });

    expect((await Promise.all(dead)).flat()).toEqual([]);
  });

  it('uses, in the glossary, only names that the code uses', async () => {
    const sources = (await projectSources()).map(({ text }) => text).join('\n');
    const names = namesInTables(await readFile(join(repository, 'docs/glossary.md'), 'utf8'));

    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
  });

  it('is read for links and for paths in code marks, outside of code blocks', () => {
    const text =
      'See [a](../gone.md#part), [b](https://x.test/a.md), `libs/gone/src/` and `npm test`.\n```\n`libs/x/y`\n```';

    expect(referencedPaths('docs/decisions/1.md', text)).toEqual(['docs/gone.md', 'libs/gone/src']);
  });

  it('is read for names in the last column of a table', () => {
    expect(namesInTables('| word | `no` | `Gone` in `libs/a` |\n| --- | --- | --- |\n`Other`')).toEqual([
      'Gone',
    ]);
  });
});
