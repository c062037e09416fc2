import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';

const MAIN = 'dist/apps/api/src/main.js';
const WORKER = 'dist/apps/api/src/worker.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Runs an entry point of the build with nothing but these variables, until it ends by itself. */
async function run(
  script: string,
  variables: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url, PORT: '0', ...variables },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { code, output };
}

const JWT = { TOLLGATE_JWT_SECRET: 'a secret of the tests, long enough' };

describe.each([MAIN, WORKER])('%s', (script) => {
  it('refuses to boot without provider keys and names each that is missing', async () => {
    const { code, output } = await run(script, JWT);
    expect(code).toBe(78);
    for (const name of ['POLAR_ACCESS_TOKEN', 'POLAR_WEBHOOK_SECRET', 'POLAR_PRODUCT_ID_PRO_MONTHLY']) {
      expect(output).toContain(`${name} is missing`);
    }
    expect(output).not.toContain('    at ');
  });

  it('refuses a test clock without a control token, and in production', async () => {
    const clock = { ...JWT, PAYMENT_PROVIDER: 'none', TOLLGATE_TEST_CLOCK: '1' };
    expect(await run(script, clock)).toMatchObject({
      code: 78,
      output: expect.stringContaining('TOLLGATE_CONTROL_TOKEN'),
    });
    const inProduction = { ...clock, TOLLGATE_CONTROL_TOKEN: 'token', NODE_ENV: 'production' };
    expect(await run(script, inProduction)).toMatchObject({
      code: 78,
      output: expect.stringContaining('NODE_ENV=production'),
    });
  });

  it('says in one line that the database cannot be reached', async () => {
    const { code, output } = await run(script, {
      ...JWT,
      PAYMENT_PROVIDER: 'none',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    });
    expect(code).toBe(1);
    expect(output.trim().split('\n')).toEqual([expect.stringContaining('DATABASE_URL')]);
  });
});
