import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { kitCases } from './kit-cases.js';

const repository = join(import.meta.dirname, '../../..');
const kit = join(repository, 'libs/entitlements/src/testing');

describe('SB-38 the testing kit without any test runner', () => {
  it('keeps the same promises in plain Node, where neither Jest nor Vitest is', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', './source-loader.mjs', 'kit-cases-in-node.ts'],
      { cwd: import.meta.dirname, env: {} },
    );
    expect(stdout.trim().split('\n')).toEqual(kitCases.map(({ name }) => name));
  });

  it('names neither Jest nor Vitest in its sources', async () => {
    const files = (await readdir(kit)).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    const imports = files.map(async (name) =>
      /from '(@jest\/|jest|vitest)|\b(jest|vi)\.\w+\(/.test(await readFile(join(kit, name), 'utf8'))
        ? [name]
        : [],
    );
    expect(files).toContain('index.ts');
    expect((await Promise.all(imports)).flat()).toEqual([]);
  });
});
