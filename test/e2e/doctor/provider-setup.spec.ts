import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { runSetup } from '../../../apps/api/src/provider-setup/run-setup.js';
import { createSandbox } from '../../../apps/sandbox/src/sandbox.js';
import { SECRETS } from '../../support/secrets.js';

const VARIABLE = { polar: 'POLAR_PRODUCT_ID', stripe: 'STRIPE_PRICE_ID' } as const;
const CREDENTIALS = {
  controlToken: SECRETS.controlToken,
  polar: { apiKey: SECRETS.polarAccessToken, webhookSecret: SECRETS.polarWebhookSecret },
  stripe: { apiKey: SECRETS.stripeSecretKey, webhookSecret: SECRETS.stripeWebhookSecret },
};
const PERIODS = ['PRO', 'TEAM', 'ENTERPRISE'].flatMap((plan) => [`${plan}_MONTHLY`, `${plan}_YEARLY`]);

describe.each(['polar', 'stripe'] as const)('npm run provider:setup with %s', (provider) => {
  let url: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    // A provider's account on its first day: nothing is on sale.
    const sandbox = await createSandbox({ ...CREDENTIALS, catalog: [] });
    ({ url } = await sandbox.listen(0));
    close = () => sandbox.close();
  });
  afterAll(() => close());

  const setUp = async (changes: Record<string, string> = {}) => {
    const lines: string[] = [];
    const environment = {
      PAYMENT_PROVIDER: provider,
      POLAR_ACCESS_TOKEN: SECRETS.polarAccessToken,
      POLAR_BASE_URL: `${url}/polar`,
      STRIPE_SECRET_KEY: SECRETS.stripeSecretKey,
      STRIPE_BASE_URL: url,
    };
    const code = await runSetup({ ...environment, ...changes }, (line) => lines.push(line));
    const settings = lines.filter((line) => line.startsWith(VARIABLE[provider]));
    return { code, lines, settings };
  };

  it('GO-06: makes every plan’s prices and prints the variables to set', async () => {
    const { code, lines, settings } = await setUp();
    expect(code).toBe(0);
    expect(settings.map((line) => line.split('=')[0])).toEqual(
      PERIODS.map((one) => `${VARIABLE[provider]}_${one}`),
    );
    expect(new Set(settings.map((line) => line.split('=')[1])).size).toBe(6);
    expect(lines.filter((line) => line.startsWith('created'))).toHaveLength(6);
  });

  it('changes nothing the second time, and asks for no variables then', async () => {
    await setUp();
    const second = await setUp();
    expect([second.settings, second.lines.join('\n')]).toEqual([
      [],
      expect.not.stringContaining('variables'),
    ]);
    expect(second.lines.filter((line) => line.startsWith('unchanged'))).toHaveLength(6);
  });

  it.each([
    ['has nothing to do', true],
    ['makes no price anew', false],
  ])('%s where the sandbox sells its own catalog, marked per seat: %s', async (_, isMarked) => {
    const selling = await createSandbox({
      ...CREDENTIALS,
      catalog: SANDBOX_CATALOG.map(({ metadata: { per_seat = '', ...marks }, ...offer }) => ({
        ...offer,
        metadata: isMarked ? { ...marks, per_seat } : marks,
      })),
    });
    const at = (await selling.listen(0)).url;
    const { code, lines } = await setUp({ POLAR_BASE_URL: `${at}/polar`, STRIPE_BASE_URL: at });
    await selling.close();
    expect(code).toBe(0);
    const told = lines.filter((line) => /^(unchanged|updated)/.test(line));
    expect(told.map((line) => line.split(/ +/).at(-1))).toEqual(
      SANDBOX_CATALOG.map((offer) => (provider === 'polar' ? offer.polarProductId : offer.stripePriceId)),
    );
    expect(lines.filter((line) => line.startsWith('created'))).toEqual([]);
    const isTouched = provider === 'stripe' && !isMarked;
    expect(lines.filter((line) => line.startsWith(isTouched ? 'updated' : 'unchanged'))).toHaveLength(6);
    expect(lines.join('\n')).not.toContain('archive');
  });

  it('GO-04: refuses a tax code that is not one of a digital product, and pushes nothing', async () => {
    const { code, lines } = await setUp({ CATALOG_TAX_CODE: 'txcd_99999999' });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringContaining('tax_code_missing')]);
  });

  it('says which key is missing, or that it is refused', async () => {
    const none = await setUp({ PAYMENT_PROVIDER: 'none' });
    expect([none.code, none.lines.join('\n')]).toEqual([1, expect.stringContaining('PAYMENT_PROVIDER')]);
    const wrong = await setUp({ POLAR_ACCESS_TOKEN: 'polar_oat_x', STRIPE_SECRET_KEY: 'sk_test_x' });
    expect([wrong.code, wrong.lines.join('\n')]).toEqual([
      1,
      expect.stringMatching(/provider_refused: .*\(credentials\)/),
    ]);
  });
});
