import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runDoctor } from '../../../apps/api/src/doctor/run-doctor.js';
import { createTestApp, environmentOf, type TestApp } from '../../support/app.js';

/** What a run of the doctor printed, and how it ended. */
interface Visit {
  readonly code: 0 | 1;
  readonly lines: readonly string[];
}

describe.each(['polar', 'stripe'] as const)('npm run doctor with %s', (provider) => {
  let app: TestApp;
  let environment: Record<string, string>;
  beforeAll(async () => {
    app = await createTestApp({ provider });
    const port = Number(new URL(app.url).port);
    environment = environmentOf({ provider }, port, app.url, app.config.database.url, app.sandbox.url);
  });
  afterAll(() => app.close());

  const visit = async (changes: Record<string, string> = {}): Promise<Visit> => {
    const lines: string[] = [];
    const code = await runDoctor({ ...environment, ...changes }, (line) => lines.push(line));
    return { code, lines };
  };
  const about = ({ lines }: Visit, subject: string): string =>
    lines.filter((line) => line.slice(6).startsWith(subject)).join('\n');

  it('GO-06: prints one line for each step of a sound installation, and ends well', async () => {
    const found = await visit();
    const steps = [
      'credentials',
      'clock',
      'products',
      'tax codes',
      'portal',
      'webhook endpoint',
      'price map',
    ];
    for (const step of steps) expect(about(found, `${provider} ${step} `)).toMatch(/^ok {4}/);
    for (const step of ['environment', 'database ', 'database clock', 'database connection', 'migrations']) {
      expect(about(found, step)).toMatch(/^ok {4}/);
    }
    expect(found.lines.at(-1)).toMatch(/, 0 to mend$/);
    expect(found.code).toBe(0);
  });

  it('says of a key that the provider refuses what it is, and fails', async () => {
    const found = await visit({ POLAR_ACCESS_TOKEN: 'polar_oat_wrong', STRIPE_SECRET_KEY: 'sk_test_wrong' });
    expect(about(found, `${provider} credentials`)).toMatch(/^FAIL .*refused.* → Make a key/);
    expect(found.code).toBe(1);
  });

  it('finds a price that is not on sale, and one that the database maps to another plan', async () => {
    const name = provider === 'polar' ? 'POLAR_PRODUCT_ID' : 'STRIPE_PRICE_ID';
    const missing = await visit({ [`${name}_PRO_MONTHLY`]: 'no_such_price' });
    expect(about(missing, `${provider} products`)).toMatch(/^FAIL .*no_such_price/);
    expect(about(missing, `${provider} price map`)).toMatch(/^warn .*no_such_price .*environment only/);
    const pro = environment[`${name}_PRO_MONTHLY`] ?? '';
    const swapped = await visit({ [`${name}_TEAM_MONTHLY`]: pro });
    expect(about(swapped, `${provider} price map`)).toMatch(/team by the month in the environment, pro/);
    expect(swapped.code).toBe(0);
  });

  it('finds a webhook endpoint that is elsewhere', async () => {
    const found = await visit({ APP_URL: 'https://elsewhere.example' });
    expect(about(found, `${provider} webhook endpoint`)).toMatch(
      /^FAIL .*no endpoint delivers to https:\/\/elsewhere.example\/webhooks\/payment → /,
    );
  });

  it('finds a provider and a database that cannot be reached, and still takes every other step', async () => {
    const nowhere = 'http://127.0.0.1:1';
    const alone = await visit({ POLAR_BASE_URL: `${nowhere}/polar`, STRIPE_BASE_URL: nowhere });
    expect(about(alone, `${provider} credentials`)).toMatch(/^FAIL .*did not answer/);
    expect(about(alone, 'database connection')).toMatch(/^ok/);
    const dry = await visit({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    expect(about(dry, 'database ')).toMatch(/^FAIL .*cannot be reached/);
    expect(about(dry, `${provider} credentials`)).toMatch(/^ok/);
    expect([alone.code, dry.code]).toEqual([1, 1]);
  });

  it('names everything that the environment lacks, one line each', async () => {
    const found = await visit({ DATABASE_URL: 'mysql://x', PORT: 'high' });
    expect(found.lines.filter((line) => line.startsWith('FAIL'))).toHaveLength(2);
    expect(found.code).toBe(1);
  });
});
