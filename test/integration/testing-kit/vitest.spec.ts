import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { kitCases } from './kit-cases.js';

const repository = join(import.meta.dirname, '../../..');

describe('SB-38 the testing kit under Vitest', () => {
  it('keeps the same promises, and is spied upon as usual', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        join(repository, 'node_modules/vitest/vitest.mjs'),
        'run',
        '--config',
        join(import.meta.dirname, 'vitest/vitest.config.mjs'),
        '--reporter=json',
      ],
      { cwd: repository, env: { PATH: process.env['PATH'] } },
    );
    const report = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Record<string, number>;
    expect(report['numPassedTests']).toBe(kitCases.length + 2);
    expect(report['numFailedTests']).toBe(0);
  });
});
