import { z } from 'zod';
import { pageParams } from './list.js';

/** Fields to be shown whole. */
export const expand = z.array(z.string()).optional();
const flag = z.enum(['true', 'false']).optional();
/** Seconds since the epoch, up to the year 9999. */
export const instant = z.coerce.number().int().min(0).max(253_402_300_799);
const quantity = z.coerce.number().int().min(0).max(1_000_000);
// An empty string unsets, so it is a value and not an absence. PostgreSQL-like stores have no place for NUL.
const text = z
  .string()
  .max(5000)
  .refine((value) => !value.includes('\u0000'), 'Invalid string');

/** Up to 50 keys of 40 characters with values of 500. Unset as a whole by an empty string. */
export const metadata = z
  .union([z.literal(''), z.record(z.string().max(40), z.string().max(500))])
  .transform((value) => (value === '' ? {} : value))
  .refine((value) => Object.keys(value).length <= 50, 'Metadata can have up to 50 keys')
  .optional();

/** Create and update a customer. */
export const customerSchema = z.strictObject({
  email: z.union([z.literal(''), z.email()]).optional(),
  name: text.optional(),
  description: text.optional(),
  phone: text.optional(),
  metadata,
  expand,
});

const trialSettings = z
  .strictObject({
    end_behavior: z.strictObject({ missing_payment_method: z.enum(['cancel', 'create_invoice', 'pause']) }),
  })
  .optional();

/** A URL a browser is sent to. */
const url = z.url({ protocol: /^https?$/, message: 'Not a valid URL' });

/** `POST /v1/checkout/sessions`; what Managed Payments forbids is taken here and refused by name elsewhere. */
export const checkoutSchema = z.looseObject({
  mode: z.literal('subscription', 'only subscription checkouts are played here'),
  customer: z.string().optional(),
  customer_email: z.email().optional(),
  client_reference_id: text.max(200).optional(),
  line_items: z
    .array(
      z.looseObject({
        price: z.string(),
        quantity: quantity.default(1),
        adjustable_quantity: z
          .strictObject({ enabled: flag, minimum: quantity.optional(), maximum: quantity.optional() })
          .optional(),
      }),
    )
    .min(1),
  subscription_data: z
    .looseObject({
      metadata,
      trial_period_days: z.coerce.number().int().min(1).max(730).optional(),
      trial_settings: trialSettings,
    })
    .optional(),
  payment_method_collection: z.enum(['always', 'if_required']).optional(),
  metadata,
  success_url: url,
  cancel_url: url.optional(),
  managed_payments: z.strictObject({ enabled: z.enum(['true', 'false']) }).optional(),
  allow_promotion_codes: flag,
  expires_at: instant.optional(),
  expand,
});

/** A session request as read. */
export type CheckoutParams = z.infer<typeof checkoutSchema>;

const item = z.strictObject({
  id: z.string().optional(),
  price: z.string().optional(),
  quantity: quantity.optional(),
  deleted: flag,
  metadata,
});
const items = z.array(item);

/** One item of an update as read. */
export type ItemChange = z.infer<typeof item>;

/** How time that is paid for and not used, or used and not paid for, is billed. */
export const proration = z.enum(['create_prorations', 'always_invoice', 'none']).optional();

/** `POST /v1/subscriptions`. */
export const subscriptionCreateSchema = z.strictObject({
  customer: z.string(),
  items: items.min(1),
  metadata,
  trial_period_days: z.coerce.number().int().min(1).max(730).optional(),
  managed_payments: z.strictObject({ enabled: z.enum(['true', 'false']) }).optional(),
  trial_settings: trialSettings,
  payment_behavior: z
    .enum(['allow_incomplete', 'error_if_incomplete', 'default_incomplete', 'pending_if_incomplete'])
    .optional(),
  payment_settings: z.looseObject({}).optional(),
  billing_mode: z.looseObject({}).optional(),
  proration_behavior: proration,
  collection_method: z.literal('charge_automatically').optional(),
  description: text.optional(),
  off_session: flag,
  expand,
});

/** `POST /v1/subscriptions/:id`. */
export const subscriptionUpdateSchema = z.strictObject({
  items: items.optional(),
  cancel_at_period_end: flag,
  cancel_at: z
    .union([z.literal(''), z.enum(['min_period_end', 'max_period_end', 'max_billed_until']), instant])
    .optional(),
  cancellation_details: z.strictObject({ comment: text.optional(), feedback: text.optional() }).optional(),
  metadata,
  proration_behavior: proration,
  billing_cycle_anchor: z.enum(['now', 'unchanged']).optional(),
  pause_collection: z
    .union([
      z.literal(''),
      z.strictObject({
        behavior: z.enum(['keep_as_draft', 'mark_uncollectible', 'void']),
        resumes_at: instant.optional(),
      }),
    ])
    .optional(),
  payment_settings: z.looseObject({}).optional(),
  payment_behavior: z
    .enum(['allow_incomplete', 'error_if_incomplete', 'pending_if_incomplete', 'default_incomplete'])
    .optional(),
  proration_date: instant.optional(),
  trial_end: z.union([z.literal('now'), instant]).optional(),
  description: text.optional(),
  off_session: flag,
  expand,
});

/** An update as read. */
export type SubscriptionUpdateParams = z.infer<typeof subscriptionUpdateSchema>;

/** `DELETE /v1/subscriptions/:id`. */
export const subscriptionCancelSchema = z.strictObject({
  prorate: flag,
  invoice_now: flag,
  cancellation_details: z.strictObject({ comment: text.optional(), feedback: text.optional() }).optional(),
  expand,
});

/** `POST /v1/invoices/create_preview`. */
export const previewSchema = z.strictObject({
  customer: z.string().optional(),
  subscription: z.string().optional(),
  subscription_details: z
    .strictObject({
      items: items.optional(),
      proration_behavior: proration,
      proration_date: instant.optional(),
      billing_cycle_anchor: z.enum(['now', 'unchanged']).optional(),
      cancel_at_period_end: flag,
      cancel_now: flag,
    })
    .optional(),
  preview_mode: z.enum(['next', 'recurring']).optional(),
  expand,
});

/** A preview as asked for. */
export type PreviewParams = z.infer<typeof previewSchema>;

/** `GET /v1/subscriptions`. */
export const subscriptionQuerySchema = z.strictObject({
  customer: z.string().optional(),
  price: z.string().optional(),
  status: z.string().optional(),
  ...pageParams,
});

/** `POST /v1/billing_portal/sessions`. */
export const portalSchema = z.strictObject({
  customer: z.string(),
  return_url: url.optional(),
  configuration: z.string().optional(),
  locale: z.string().optional(),
  flow_data: z.unknown().optional(),
  expand,
});

/** `POST /v1/billing/meter_events`. Payload values are text. */
export const meterEventSchema = z.strictObject({
  event_name: z.string().min(1),
  identifier: z.string().min(1).max(100).optional(),
  timestamp: instant.optional(),
  payload: z.record(z.string(), z.string()),
  expand,
});
