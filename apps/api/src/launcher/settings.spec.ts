import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

describe('the launcher settings', () => {
  it('default to port 3000, an own database and the sandbox for both providers', () => {
    expect(readSettings({})).toEqual({
      port: 3000,
      dataDir: undefined,
      databaseUrl: undefined,
      allowRemoteSandbox: false,
      unconfigured: ['polar', 'stripe'],
    });
  });

  it.each([['0'], ['70000'], ['http'], ['3000.5'], ['-1']])('refuse PORT=%s in one line', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(`PORT=${PORT} is not a port. Set a number from 1 to 65535.`);
  });

  it.each([
    [{ POLAR_ACCESS_TOKEN: 'x' }, ['stripe']],
    [{ POLAR_PRODUCT_ID_PRO_MONTHLY: 'x' }, ['stripe']],
    [{ STRIPE_WEBHOOK_SECRET: '' }, ['polar']],
    [{ STRIPE_PRICE_ID_PRO_YEARLY: 'x', POLAR_WEBHOOK_SECRET: 'x' }, []],
    [{ STRIPE_BASE_URL: 'x', POLAR_BASE_URL: 'x', STRIPE_MANAGED_PAYMENTS: 'false' }, ['polar', 'stripe']],
    [{ PAYMENT_PROVIDER: 'none' }, []],
    [{ PAYMENT_PROVIDER: 'stripe' }, ['polar', 'stripe']],
  ])('with %j leave %j to the sandbox', (env, providers) => {
    expect(readSettings(env).unconfigured).toEqual(providers);
  });

  it('take an empty DATABASE_URL for none', () => {
    expect(readSettings({ DATABASE_URL: '' }).databaseUrl).toBeUndefined();
  });

  it('refuse to run in production', () => {
    expect(() => readSettings({ NODE_ENV: 'production' })).toThrow(/start:api/);
  });
});
