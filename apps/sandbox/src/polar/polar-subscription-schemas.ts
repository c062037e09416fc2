import { z } from 'zod';
import { metadataSchema } from './polar-schemas.js';

const proration = z.enum(['invoice', 'prorate', 'next_period', 'reset']).nullish();
const reason = z
  .enum([
    'customer_service',
    'low_quality',
    'missing_features',
    'switched_service',
    'too_complex',
    'too_expensive',
    'unused',
    'other',
  ])
  .nullish();
const why = { customer_cancellation_reason: reason, customer_cancellation_comment: z.string().nullish() };

/**
 * `PATCH /v1/subscriptions/:id`: exactly one variant, nothing beside it. `kind` is ours; Polar tells variants apart by
 * their keys.
 */
export const subscriptionVariants = {
  cancel: z.strictObject({ cancel_at_period_end: z.boolean(), ...why }),
  revoke: z.strictObject({ revoke: z.literal(true), ...why }),
  seats: z.strictObject({ seats: z.int().min(1), proration_behavior: proration }),
  clear: z.strictObject({ pending_update: z.null() }),
  period: z.strictObject({ current_billing_period_end: z.iso.datetime({ offset: true }) }),
  base: z.strictObject({
    product_id: z.string().nullish(),
    proration_behavior: proration,
    metadata: metadataSchema.optional(),
    trial_end: z.union([z.literal('now'), z.iso.datetime({ offset: true })]).nullish(),
  }),
};

/** Query of `GET /v1/subscriptions/`. Repeated parameters arrive as arrays. */
export const subscriptionQuerySchema = z.object({
  customer_id: z.union([z.string(), z.array(z.string())]).optional(),
  external_customer_id: z.union([z.string(), z.array(z.string())]).optional(),
  product_id: z.union([z.string(), z.array(z.string())]).optional(),
  status: z.union([z.string(), z.array(z.string())]).optional(),
  active: z.enum(['true', 'false']).optional(),
  cancel_at_period_end: z.enum(['true', 'false']).optional(),
});
