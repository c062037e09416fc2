import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';

const run = promisify(execFile);
const GUIDE = join(import.meta.dirname, '../../../docs/guide/other-languages.md');

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
});
afterAll(() => test.close());

describe('the guide for other languages', () => {
  it('has samples that run as printed, from top to bottom', async () => {
    const samples = [...(await readFile(GUIDE, 'utf8')).matchAll(/^```sh\n([^]*?)^```$/gm)].map(
      ([, sh = '']) => sh,
    );
    expect(samples.length).toBeGreaterThanOrEqual(8);
    const script = samples.map((sample) => `${sample}\necho; echo ----\n`).join('');
    const here = script.replace('API=http://localhost:3000', `API=${test.url}`);
    expect(here).not.toBe(script);
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', here]);
    const outputs = stdout.split('\n----\n').map((output) => output.trim());
    const [, , denied = '', ceiling = '', counted = '', many = '', snapshot = '', again = ''] = outputs;
    expect(JSON.parse(denied)).toMatchObject({
      allowed: false,
      reason: 'plan_required',
      plan: 'free',
      requiredPlans: ['pro', 'team', 'enterprise'],
    });
    expect(JSON.parse(ceiling)).toMatchObject({ reason: 'ceiling_exceeded', limit: 10, requested: 11 });
    expect(JSON.parse(counted)).toMatchObject({ allowed: true, used: 2, remaining: 98 });
    const { data } = JSON.parse(many) as { data: { decisions: { feature: string }[] }[] };
    expect(data[0]?.decisions.map(({ feature }) => feature)).toEqual(['export', 'workflows', 'ai_features']);
    expect(snapshot).toMatch(/^HTTP\/1\.1 200/);
    expect(again).toBe('304');
  });
});
