import { z } from 'zod';
import { expand, instant, proration } from './stripe-schemas.js';

/** `POST /v1/subscriptions/:id/pause`. */
export const subscriptionPauseSchema = z.strictObject({
  type: z.literal('subscription').optional(),
  bill_for: z
    .strictObject({
      outstanding_usage_through: z.strictObject({ type: z.enum(['none', 'now']) }).optional(),
      unused_time_from: z
        .strictObject({ type: z.enum(['item_current_period_start', 'none', 'now']) })
        .optional(),
    })
    .optional(),
  invoicing_behavior: z.enum(['invoice', 'pending_invoice_item']).optional(),
  expand,
});

/** A pause as read. */
export type PauseParams = z.infer<typeof subscriptionPauseSchema>;

/** `POST /v1/subscriptions/:id/resume`; here, unlike in an update, the anchor is an object. */
export const subscriptionResumeSchema = z.strictObject({
  billing_cycle_anchor: z.strictObject({ type: z.enum(['now', 'unchanged']) }).optional(),
  proration_behavior: proration,
  proration_date: instant.optional(),
  payment_behavior: z.enum(['resume_on_payment_attempt', 'resume_on_payment_success']).optional(),
  expand,
});

/** A resume as read. */
export type ResumeParams = z.infer<typeof subscriptionResumeSchema>;
