import { z } from 'zod';

/** Text without NUL, for which PostgreSQL, where Polar keeps it, has no place. */
export const text = z
  .string()
  .refine((value) => !value.includes('\u0000'), 'String must not contain null characters');

/** Up to 50 keys of 40 characters; values are short strings, numbers or booleans. */
export const metadataSchema = z
  .record(text.max(40), z.union([text.max(500), z.number(), z.boolean()]))
  .refine((value) => Object.keys(value).length <= 50, 'Metadata has at most 50 keys');

const url = z.url({ protocol: /^https?$/ });
const email = z.email();
const name = text.max(256).nullish();

/** `POST /v1/customers/`. */
export const customerCreateSchema = z.object({
  email,
  external_id: text.min(1).nullish(),
  name,
  metadata: metadataSchema.optional(),
  locale: text.nullish(),
  type: z.enum(['individual', 'team']).optional(),
});

/** `PATCH /v1/customers/…`; `external_id` only by our id. */
export const customerUpdateSchema = z.object({
  email: email.nullish(),
  external_id: text.min(1).nullish(),
  name,
  metadata: metadataSchema.optional(),
  locale: text.nullish(),
});

/** `POST /v1/checkouts/`. Prices of one's own (`prices`) are not played. */
export const checkoutCreateSchema = z.object({
  products: z.array(text).min(1),
  customer_id: text.nullish(),
  external_customer_id: text.min(1).nullish(),
  customer_email: email.nullish(),
  customer_name: name,
  customer_ip_address: text.nullish(),
  customer_metadata: metadataSchema.optional(),
  metadata: metadataSchema.optional(),
  success_url: url.nullish(),
  return_url: url.nullish(),
  embed_origin: text.nullish(),
  seats: z.int().min(1).max(1000).nullish(),
  min_seats: z.int().min(1).nullish(),
  max_seats: z.int().min(1).nullish(),
  allow_trial: z.boolean().optional(),
  trial_interval: z.enum(['day', 'week', 'month', 'year']).nullish(),
  trial_interval_count: z.int().min(1).max(1000).nullish(),
  allow_discount_codes: z.boolean().optional(),
  /** Taken and without effect: no discounts are played here. */
  discount_id: text.nullish(),
  /** A free subscription that the checkout upgrades. */
  subscription_id: text.nullish(),
  currency: z.string().length(3).toLowerCase().nullish(),
  require_billing_address: z.boolean().optional(),
  is_business_customer: z.boolean().optional(),
  locale: text.nullish(),
});

/** A checkout request as read. */
export type CheckoutCreateInput = z.infer<typeof checkoutCreateSchema>;

/** `POST /v1/customer-sessions/`. */
export const customerSessionSchema = z.object({
  customer_id: text.nullish(),
  external_customer_id: text.nullish(),
  return_url: url.nullish(),
});

/** `POST /v1/events/ingest`. */
export const ingestSchema = z.object({
  events: z
    .array(
      z.object({
        name: text.min(1).max(128),
        external_customer_id: text.nullish(),
        customer_id: text.nullish(),
        external_id: text.nullish(),
        timestamp: z.iso.datetime({ offset: true }).optional(),
        metadata: z.record(text, z.unknown()).optional(),
      }),
    )
    .max(1000),
});
