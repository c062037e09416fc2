import { z } from 'zod';
import { metadata } from './stripe-schemas.js';

const expand = z.array(z.string()).optional();
const flag = z.enum(['true', 'false']).optional();
const text = z.string().min(1).max(5000);
const amount = z.coerce.number().int().min(0).max(99_999_999);

/** `POST /v1/products`. */
export const productCreateSchema = z.strictObject({
  id: text.optional(),
  name: text,
  active: flag,
  description: text.optional(),
  metadata,
  tax_code: text.optional(),
  unit_label: z.string().max(12).optional(),
  url: z.url().optional(),
  statement_descriptor: text.optional(),
  shippable: flag,
  expand,
});

/** `POST /v1/products/:id`. An empty string unsets. */
export const productUpdateSchema = z.strictObject({
  name: text.optional(),
  active: flag,
  description: z.string().max(5000).optional(),
  metadata,
  tax_code: z.string().optional(),
  unit_label: z.string().max(12).optional(),
  url: z.string().optional(),
  default_price: text.optional(),
  expand,
});

/** `POST /v1/prices`: per unit, licensed or metered. */
export const priceCreateSchema = z.strictObject({
  currency: z.string().length(3).toLowerCase(),
  product: text,
  unit_amount: amount.optional(),
  unit_amount_decimal: z
    .string()
    .regex(/^\d+(\.\d{1,12})?$/)
    .optional(),
  active: flag,
  nickname: text.optional(),
  lookup_key: text.max(200).optional(),
  transfer_lookup_key: flag,
  metadata,
  recurring: z
    .strictObject({
      interval: z.enum(['day', 'week', 'month', 'year']),
      interval_count: z.coerce.number().int().min(1).max(1095).default(1),
      usage_type: z.enum(['licensed', 'metered']).default('licensed'),
      meter: text.optional(),
    })
    .optional(),
  tax_behavior: z.enum(['inclusive', 'exclusive', 'unspecified']).default('unspecified'),
  billing_scheme: z.literal('per_unit').optional(),
  expand,
});

/** `POST /v1/prices/:id`. Amounts cannot be changed: a new price is made and the old one archived. */
export const priceUpdateSchema = z.strictObject({
  active: flag,
  nickname: z.string().optional(),
  lookup_key: z.string().max(200).optional(),
  transfer_lookup_key: flag,
  metadata,
  tax_behavior: z.enum(['inclusive', 'exclusive']).optional(),
  expand,
});
