import { StripeApiError } from './stripe-errors.js';
import type { StripeSubscriptionRecord } from './stripe-state.js';

/** @throws StripeApiError 409 `lock_timeout` while another request holds the subscription. */
export function requireUnlockedStripe(record: StripeSubscriptionRecord): void {
  if (!record.locked) return;
  throw new StripeApiError(409, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message:
      'This object cannot be accessed right now because another API request or Stripe process is accessing it.',
  });
}
