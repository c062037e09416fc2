import { z } from 'zod';
import { metadataSchema, text } from './polar-schemas.js';

const currency = z.string().length(3).lowercase().default('usd');
const amount = z.int().min(0).max(99_999_999);
const common = {
  price_currency: currency,
  tax_behavior: z.enum(['location', 'inclusive', 'exclusive']).nullish(),
};
const tier = z.object({
  min_seats: z.int().min(1),
  max_seats: z.int().min(1).nullish(),
  price_per_seat: amount,
});

/** The price shapes played here; Polar's unit-based and tiered-meter prices are not. */
export const priceCreateSchema = z.discriminatedUnion('amount_type', [
  z.object({ amount_type: z.literal('fixed'), price_amount: amount, ...common }),
  z.object({
    amount_type: z.literal('custom'),
    minimum_amount: amount.default(50),
    maximum_amount: amount.nullish(),
    preset_amount: amount.nullish(),
    ...common,
  }),
  z.object({
    amount_type: z.literal('seat_based'),
    seat_tiers: z.object({
      seat_tier_type: z.enum(['volume', 'graduated']).default('volume'),
      tiers: z.array(tier).min(1),
    }),
    ...common,
  }),
  z.object({
    amount_type: z.literal('metered_unit'),
    meter_id: text,
    unit_amount: z.union([z.number().min(0), z.string().regex(/^\d+(\.\d{1,12})?$/)]),
    cap_amount: amount.nullish(),
    ...common,
  }),
]);

/** One price as asked for. */
export type PriceCreateInput = z.infer<typeof priceCreateSchema>;

const interval = z.enum(['day', 'week', 'month', 'year']);
const shared = {
  description: text.nullish(),
  metadata: metadataSchema.optional(),
  trial_interval: interval.nullish(),
  trial_interval_count: z.int().min(1).max(1000).nullish(),
};

/** `POST /v1/products/`. Without an interval it is a one-time product. */
export const productCreateSchema = z.object({
  name: text.min(3),
  visibility: z.enum(['draft', 'private', 'public']).default('public'),
  prices: z.array(priceCreateSchema).min(1),
  recurring_interval: interval.nullish(),
  recurring_interval_count: z.int().min(1).max(999).default(1),
  organization_id: text.nullish(),
  ...shared,
});

/** `PATCH /v1/products/:id`. Prices named by id stay, new ones are added, the others are archived. */
export const productUpdateSchema = z.object({
  name: text.min(3).nullish(),
  visibility: z.enum(['draft', 'private', 'public']).nullish(),
  is_archived: z.boolean().nullish(),
  prices: z.array(z.union([z.strictObject({ id: z.string() }), priceCreateSchema])).nullish(),
  recurring_interval: interval.nullish(),
  recurring_interval_count: z.int().min(1).max(999).nullish(),
  ...shared,
});
