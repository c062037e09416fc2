import { z } from 'zod';
import type { PricingPage, ShownPlan, ShownPrice } from '@tollgate/billing';

const price = z.object({
  id: z.string().nullable().meta({ description: 'The provider’s id; null for a price of our own list' }),
  amount: z.string().meta({ description: 'Minor units; of one seat where perSeat' }),
  currency: z.string(),
  interval: z.enum(['month', 'year']),
});
const feature = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.enum(['flag', 'quota', 'capacity', 'ceiling']),
  included: z.boolean(),
  limit: z
    .union([z.number(), z.string()])
    .nullable()
    .meta({ description: '-1 is unlimited; null for flags' }),
  window: z.enum(['hour', 'day', 'month', 'billing_period']).nullable(),
  overage: z.boolean(),
});
const plan = z.object({
  key: z.string(),
  name: z.string(),
  rank: z.number().int(),
  perSeat: z.boolean(),
  sold: z.enum(['free', 'for_sale', 'contact']),
  prices: z.array(price),
  yearlySaving: z.string().nullable().meta({ description: 'Minor units a year costs less than 12 months' }),
  features: z.array(feature),
});

/** The pricing page as answered: amounts in minor units as decimal strings. */
export const pricingView = z.object({
  currency: z.string(),
  source: z.enum(['live', 'last_good', 'list']),
  stale: z.boolean(),
  asOf: z.iso.datetime().nullable(),
  ageSeconds: z.number().int().nullable(),
  plans: z.array(plan),
});

/** See {@link pricingView}. */
export type PricingView = z.infer<typeof pricingView>;

/** See {@link pricingView}. */
export function viewOfPricing({ asOf, plans, ...page }: PricingPage): PricingView {
  return { ...page, asOf: asOf?.toISOString() ?? null, plans: plans.map(viewOfPlan) };
}

function viewOfPlan({ prices, yearlySaving, features, ...shown }: ShownPlan): PricingView['plans'][number] {
  return {
    ...shown,
    prices: prices.map(viewOfPrice),
    yearlySaving: yearlySaving?.toString() ?? null,
    features: [...features],
  };
}

function viewOfPrice({ amount, ...rest }: ShownPrice) {
  return { ...rest, amount: amount.toString() };
}
