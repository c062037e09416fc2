import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { kitCases } from './kit-cases.js';

const repository = join(import.meta.dirname, '../../..');
const kit = join(repository, 'libs/entitlements/src/testing');

const run = async (...args: string[]): Promise<string[]> => {
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: import.meta.dirname, env: {} });
  return stdout.trim().split('\n');
};

describe('SB-08 decisions without a network', () => {
  const WITHOUT = ['--import', './without-network.mjs', '--import', './source-loader.mjs'];

  it('are made by the definition and by the engine alike, where no socket can be opened', async () => {
    expect(await run(...WITHOUT, 'decisions-in-node.ts')).toEqual(['decided']);
  });

  it('are faked by the testing kit as well', async () => {
    expect(await run(...WITHOUT, 'kit-cases-in-node.ts')).toEqual(kitCases.map(({ name }) => name));
  });

  it('are checked by a preload that does refuse sockets', async () => {
    const connects = `import('node:net').then(({ connect }) => connect(9, '127.0.0.1'))`;
    await expect(run('--import', './without-network.mjs', '--eval', connects)).rejects.toThrow(
      'without a network',
    );
  });
});

describe('SB-38 the testing kit without any test runner', () => {
  it('keeps the same promises in plain Node, where neither Jest nor Vitest is', async () => {
    const lines = await run('--import', './source-loader.mjs', 'kit-cases-in-node.ts');
    expect(lines).toEqual(kitCases.map(({ name }) => name));
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
