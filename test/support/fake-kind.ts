import { z } from 'zod';
import { defineProvider, type ProviderKind } from '../../apps/api/src/payment-providers/provider-kind.js';
import { FAKE_DELIVERY_HEADER } from './fake-deliveries.js';
import type { FakeProvider } from './fake-provider.js';

/** The environment that configures {@link fakeKind} and sells through it; the ids are those of the fake's prices. */
export const FAKE_ENVIRONMENT = {
  PAYMENT_PROVIDER: 'fakepay',
  FAKEPAY_API_KEY: 'key',
  FAKEPAY_WEBHOOK_SECRET: 'secret',
  FAKEPAY_PRICE_ID_PRO_MONTHLY: 'pro_month',
  FAKEPAY_PRICE_ID_PRO_YEARLY: 'pro_year',
  FAKEPAY_PRICE_ID_ENTERPRISE_MONTHLY: 'enterprise_month',
  FAKEPAY_PRICE_ID_ENTERPRISE_YEARLY: 'enterprise_year',
} as const;

/** What the fake of {@link FAKE_ENVIRONMENT} sells. */
export const FAKE_PRICES = {
  pro_month: { plan: 'pro', amount: 7_700, interval: 'month' },
  pro_year: { plan: 'pro', amount: 77_000, interval: 'year' },
  enterprise_month: { plan: 'enterprise', amount: 8_800, interval: 'month' },
  enterprise_year: { plan: 'enterprise', amount: 88_000, interval: 'year' },
} as const;

/** A third payment provider, as the environment configures it: this is the whole file that a new one takes beside its adapter. */
export function fakeKind(provider: FakeProvider): ProviderKind {
  return defineProvider({
    name: 'fakepay',
    signatureHeader: FAKE_DELIVERY_HEADER,
    variables: {
      key: 'FAKEPAY_API_KEY',
      webhookSecrets: 'FAKEPAY_WEBHOOK_SECRET',
      planIds: 'FAKEPAY_PRICE_ID',
    },
    own: z.object({}),
    create: () => provider,
  });
}
