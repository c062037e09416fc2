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
  units: z.strictObject({ units: z.int().min(1), proration_behavior: proration }),
  pause: z.strictObject({
    pause_at_period_end: z.boolean(),
    resumes_at: z.iso.datetime({ offset: true }).nullish(),
  }),
  resume: z.strictObject({ resume: z.literal(true) }),
  clear: z.strictObject({ pending_update: z.null() }),
  period: z.strictObject({ current_billing_period_end: z.iso.datetime({ offset: true }) }),
  base: z.strictObject({
    product_id: z.string().nullish(),
    proration_behavior: proration,
    discount_id: z.string().nullish(),
    metadata: metadataSchema.optional(),
    trial_end: z.union([z.literal('now'), z.iso.datetime({ offset: true })]).nullish(),
  }),
};

const oneOrMore = z.union([z.string(), z.array(z.string())]).optional();
const flag = z.enum(['true', 'false']).optional();
const instant = z.iso.datetime({ offset: true }).optional();

/** Query of `GET /v1/subscriptions/`. Repeated parameters arrive as arrays, `metadata[key]` as it is written. */
export const subscriptionQuerySchema = z.looseObject({
  organization_id: oneOrMore,
  customer_id: oneOrMore,
  external_customer_id: oneOrMore,
  product_id: oneOrMore,
  discount_id: oneOrMore,
  status: oneOrMore,
  active: flag,
  cancel_at_period_end: flag,
  customer_cancellation_reason: oneOrMore,
  canceled_at_after: instant,
  canceled_at_before: instant,
  started_after: instant,
  started_before: instant,
  sorting: oneOrMore,
});

/** A list's filters as read. */
export type SubscriptionQuery = z.infer<typeof subscriptionQuerySchema>;

/** `POST /v1/subscriptions/`. */
export const subscriptionCreateSchema = z.object({
  product_id: z.string(),
  customer_id: z.string().optional(),
  external_customer_id: z.string().optional(),
  metadata: metadataSchema.optional(),
});
