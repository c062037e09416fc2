import { describe, expect, it } from '@jest/globals';
import type { AppPlan } from './app-environment.js';
import { appEnvironment } from './app-environment.js';
import { SANDBOX_CATALOG } from './sandbox-catalog.js';

const plan: AppPlan = {
  port: 3100,
  dataDir: '/data',
  databaseUrl: 'postgres://local/db',
  secrets: {
    polarAccessToken: 'polar-token',
    polarWebhookSecret: 'polar-hook',
    stripeSecretKey: 'stripe-key',
    stripeWebhookSecret: 'stripe-hook',
    jwtSecret: 'jwt',
  },
  controlToken: 'control',
  sandboxUrl: 'http://127.0.0.1:3101',
  sandboxed: ['polar', 'stripe'],
  testClock: true,
  catalog: SANDBOX_CATALOG,
};

describe('the environment of the application', () => {
  it('points both providers at the sandbox', () => {
    expect(appEnvironment({}, plan)).toMatchObject({
      PORT: '3100',
      APP_URL: 'http://localhost:3100',
      DATABASE_URL: 'postgres://local/db',
      POLAR_ACCESS_TOKEN: 'polar-token',
      POLAR_BASE_URL: 'http://127.0.0.1:3101/polar',
      POLAR_PRODUCT_ID_PRO_MONTHLY: '70114a7e-0000-4000-8000-000000000010',
      STRIPE_SECRET_KEY: 'stripe-key',
      STRIPE_BASE_URL: 'http://127.0.0.1:3101',
      STRIPE_PRICE_ID_ENTERPRISE_YEARLY: 'price_enterprise_yearly',
      TOLLGATE_JWT_SECRET: 'jwt',
      TOLLGATE_DEMO: '1',
      TOLLGATE_TEST_CLOCK: '1',
      TOLLGATE_CONTROL_TOKEN: 'control',
      TOLLGATE_SANDBOX_URL: 'http://127.0.0.1:3101',
    });
  });

  it('leaves a provider with keys of its own alone', () => {
    const real = { POLAR_ACCESS_TOKEN: 'real', POLAR_PRODUCT_ID_PRO_MONTHLY: 'real-id' };
    const env = appEnvironment(real, { ...plan, sandboxed: ['stripe'] });
    expect(env).toMatchObject({ ...real, STRIPE_SECRET_KEY: 'stripe-key' });
    expect(env).not.toHaveProperty('POLAR_BASE_URL');
    expect(env).not.toHaveProperty('POLAR_PRODUCT_ID_PRO_YEARLY');
  });

  it('brings neither sandbox nor test clock nor demo people to a database elsewhere, whatever the shell holds', () => {
    const shell = {
      TOLLGATE_DEMO: '1',
      TOLLGATE_TEST_CLOCK: '1',
      TOLLGATE_SANDBOX_URL: 'http://old',
      TOLLGATE_CONTROL_TOKEN: 'old',
    };
    const env = appEnvironment(shell, { ...plan, sandboxUrl: undefined, testClock: false });
    expect(Object.keys(env).toSorted()).toEqual([
      'APP_URL',
      'DATABASE_URL',
      'PORT',
      'TOLLGATE_DATA_DIR',
      'TOLLGATE_JWT_SECRET',
    ]);
  });

  it('lets the person choose provider, address and issuer', () => {
    const chosen = { PAYMENT_PROVIDER: 'stripe', APP_URL: 'http://me:1', TOLLGATE_JWKS_URL: 'http://issuer' };
    const env = appEnvironment(chosen, plan);
    expect(env).toMatchObject(chosen);
    expect(env).not.toHaveProperty('TOLLGATE_JWT_SECRET');
  });
});
