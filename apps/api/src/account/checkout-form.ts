import { z } from 'zod';
import { untilSchema } from '../http/until.schemas.js';

const MOST_SEATS = 1_000;
const LONGEST_URL = 2_048;
const seats = z.number().int().min(1).max(MOST_SEATS).optional();
const returnUrl = z.string().min(1).max(LONGEST_URL).optional();

/** A plan at an interval; `seats` only on plans that are sold by the seat. */
export const planWish = z.strictObject({
  plan: z.string().min(1).max(64),
  interval: z.enum(['month', 'year']),
  seats,
});

/** What is to be bought on the provider's page. */
export const checkoutForm = planWish.extend({
  switchProvider: z.boolean().optional().meta({
    description:
      'Moves a subscription from another provider; what is paid for there comes along as free days',
  }),
  successUrl: returnUrl,
  cancelUrl: returnUrl,
});

/** See {@link checkoutForm}. */
export type CheckoutForm = z.infer<typeof checkoutForm>;

/** What a subscription is to become; `ifPlan` is the plan that whoever asks saw. */
export const changeForm = planWish.extend({ ifPlan: z.string().min(1).max(64).optional() });

/** See {@link changeForm}. */
export type ChangeForm = z.infer<typeof changeForm>;

/** How long a subscription is to be paused; null until it is resumed. */
export const pauseForm = z.strictObject({ resumesAt: untilSchema });

/** The same from whoever pays: nothing has to be said, so a request without a body is taken like an empty one. */
export const pauseBody = pauseForm.nullish().transform((form): PauseForm => form ?? { resumesAt: null });

/** See {@link pauseForm}. */
export type PauseForm = z.infer<typeof pauseForm>;
