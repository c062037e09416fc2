import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { environmentSchema } from '../../apps/api/src/config/environment.js';
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

  it.each(['docs/operations.md', '.env.example'])('lists every variable in %s', async (page) => {
    const text = await readFile(join(repository, page), 'utf8');
    const variables = Object.keys(environmentSchema.shape).filter((name) => name !== 'NODE_ENV');
    expect(variables.length).toBeGreaterThan(20);
    expect(variables.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });

  it('SB-52 says how to forward webhooks to this machine, and that the sandbox needs no network', async () => {
    const operations = await readFile(join(repository, 'docs/operations.md'), 'utf8');
    expect(operations).toContain('stripe listen --forward-to localhost:3000/webhooks/payment');
    const sandbox = await readFile(join(repository, 'apps/sandbox/README.md'), 'utf8');
    expect(sandbox).toMatch(/sandbox/i);
    expect(await readFile(join(repository, 'README.md'), 'utf8')).toContain('no money moves');
  });
});
