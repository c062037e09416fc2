import { describe, expect, it } from '@jest/globals';
import { ConfigError } from './config.js';
import { loadConfig } from './load-config.js';

const BASE = {
  DATABASE_URL: 'postgres://user:word@localhost/tollgate',
  TOLLGATE_JWT_SECRET: 'x'.repeat(32),
};
const POLAR = {
  POLAR_ACCESS_TOKEN: 'token',
  POLAR_WEBHOOK_SECRET: 'whsec_1',
  POLAR_PRODUCT_ID_PRO_MONTHLY: 'pm',
  POLAR_PRODUCT_ID_PRO_YEARLY: 'py',
  POLAR_PRODUCT_ID_ENTERPRISE_MONTHLY: 'em',
  POLAR_PRODUCT_ID_ENTERPRISE_YEARLY: 'ey',
};
const STRIPE = {
  STRIPE_SECRET_KEY: 'sk',
  STRIPE_WEBHOOK_SECRET: 'whsec_2',
  STRIPE_PRICE_ID_PRO_MONTHLY: 'pm',
  STRIPE_PRICE_ID_PRO_YEARLY: 'py',
  STRIPE_PRICE_ID_ENTERPRISE_MONTHLY: 'em',
  STRIPE_PRICE_ID_ENTERPRISE_YEARLY: 'ey',
};

function problemsOf(variables: Record<string, string>): readonly string[] {
  try {
    loadConfig(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('says with what is missing that the bare server reads no .env', () => {
    expect(() => loadConfig({})).toThrow(/start:api and start:worker do not read/);
  });

  it('GO-01 sells through Polar unless told otherwise', () => {
    expect(loadConfig({ ...BASE, ...POLAR }).payments.selling).toBe('polar');
  });

  it('GO-05 sells through Stripe by PAYMENT_PROVIDER=stripe alone, with Managed Payments on', () => {
    const { payments } = loadConfig({ ...BASE, ...STRIPE, PAYMENT_PROVIDER: 'stripe' });
    expect(payments.selling).toBe('stripe');
    expect(payments.providers).toMatchObject([
      { name: 'stripe', settings: { STRIPE_MANAGED_PAYMENTS: true } },
    ]);
  });

  it.each(Object.keys(STRIPE))('GO-07 names %s when it is missing', (name) => {
    const variables: Record<string, string> = { ...BASE, ...STRIPE, PAYMENT_PROVIDER: 'stripe' };
    delete variables[name];
    expect(problemsOf(variables)).toEqual([expect.stringContaining(name)]);
  });

  it('does not need the ids of the team plan', () => {
    expect(problemsOf({ ...BASE, ...STRIPE, PAYMENT_PROVIDER: 'stripe' })).toEqual([]);
  });

  it('wants all of a provider of which one setting is given, even when the other one sells', () => {
    const problems = problemsOf({ ...BASE, ...POLAR, STRIPE_SECRET_KEY: 'sk' });
    expect(problems).toHaveLength(5);
    expect(problems.join()).toContain('STRIPE_WEBHOOK_SECRET');
  });

  it('does not take a base URL or a switch alone for a configured provider', () => {
    const config = loadConfig({
      ...BASE,
      ...POLAR,
      STRIPE_BASE_URL: 'http://localhost:1',
      STRIPE_MANAGED_PAYMENTS: 'false',
    });
    expect(config.payments.providers.map(({ name }) => name)).toEqual(['polar']);
  });

  it('refuses an empty secret instead of taking it for absent', () => {
    expect(problemsOf({ ...BASE, ...POLAR, POLAR_WEBHOOK_SECRET: ' ' }).join()).toContain(
      'POLAR_WEBHOOK_SECRET',
    );
  });

  it('takes several webhook secrets while they are rotated', () => {
    const config = loadConfig({ ...BASE, ...POLAR, POLAR_WEBHOOK_SECRET: 'new, old' });
    expect(config.payments.providers[0]?.access.webhookSecrets).toEqual(['new', 'old']);
  });

  it('sells nothing with PAYMENT_PROVIDER=none and needs no keys', () => {
    expect(loadConfig({ ...BASE, PAYMENT_PROVIDER: 'none' }).payments).toEqual({
      selling: null,
      providers: [],
      signatureHeaders: ['webhook-signature', 'stripe-signature'],
      prices: [],
      currency: 'usd',
      trialDays: null,
      proration: 'next_invoice',
      silenceHours: 72,
      returnOrigins: [],
    });
  });

  it('SB-50 remembers owners for 60 seconds unless told otherwise, and never below 60 or above 300', () => {
    const ttl = (seconds?: string): number =>
      loadConfig({ ...BASE, ...POLAR, ...(seconds !== undefined && { TOLLGATE_CACHE_TTL_SECONDS: seconds }) })
        .cacheTtlSeconds;
    expect([ttl(), ttl('60'), ttl('300')]).toEqual([60, 60, 300]);
    for (const seconds of ['59', '301', '0', '-60', '90.5', 'a minute'])
      expect(problemsOf({ ...BASE, ...POLAR, TOLLGATE_CACHE_TTL_SECONDS: seconds })).toEqual([
        expect.stringContaining('TOLLGATE_CACHE_TTL_SECONDS'),
      ]);
  });

  it('keeps hours and days of usage for as many whole days as it is told', () => {
    const kept = (more: Record<string, string> = {}): unknown =>
      loadConfig({ ...BASE, ...POLAR, ...more }).usage;
    expect(kept()).toEqual({ hourlyDays: 400, dailyDays: 1_100 });
    expect(kept({ TOLLGATE_USAGE_HOURLY_DAYS: '90', TOLLGATE_USAGE_DAILY_DAYS: '730' })).toEqual({
      hourlyDays: 90,
      dailyDays: 730,
    });
    for (const days of ['0', '-1', '1.5', 'a year'])
      expect(problemsOf({ ...BASE, ...POLAR, TOLLGATE_USAGE_HOURLY_DAYS: days })).toEqual([
        expect.stringContaining('TOLLGATE_USAGE_HOURLY_DAYS'),
      ]);
  });

  it('GO-47 names the providers that there are when PAYMENT_PROVIDER is none of them', () => {
    expect(problemsOf({ ...BASE, PAYMENT_PROVIDER: 'paddle' })).toEqual([
      'PAYMENT_PROVIDER must be one of polar, stripe, or none',
    ]);
  });

  it('refuses the test clock in production and without a control token', () => {
    const none = { ...BASE, PAYMENT_PROVIDER: 'none', TOLLGATE_TEST_CLOCK: '1' };
    expect(problemsOf({ ...none, TOLLGATE_CONTROL_TOKEN: 't', NODE_ENV: 'production' })).toHaveLength(1);
    expect(problemsOf(none)).toEqual([expect.stringContaining('TOLLGATE_CONTROL_TOKEN')]);
  });

  it('wants a JWT secret of 32 characters, or a JWKS URL', () => {
    const none = { DATABASE_URL: BASE.DATABASE_URL, PAYMENT_PROVIDER: 'none' };
    expect(problemsOf(none)).toHaveLength(1);
    expect(problemsOf({ ...none, TOLLGATE_JWT_SECRET: 'short' })).toHaveLength(1);
    expect(problemsOf({ ...BASE, ...none, TOLLGATE_JWKS_URL: 'https://id.example/jwks' })).toHaveLength(1);
    expect(problemsOf({ ...none, TOLLGATE_JWKS_URL: 'https://id.example/jwks' })).toEqual([]);
  });
});
