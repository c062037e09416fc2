import type Stripe from 'stripe';
import type { ProviderCalls } from '../provider-call.js';
import type { NewSubscription, PendingSubscription } from '../provider-changes.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asProviderId, asText, at } from '../tolerant-reader.js';

/**
 * Creates a subscription that waits for its first payment. Its secret confirms the first invoice, or, in a trial, the
 * card that is kept for later.
 */
export async function createStripeSubscription(
  stripe: Stripe,
  calls: ProviderCalls,
  wish: NewSubscription,
): Promise<PendingSubscription> {
  const params: Stripe.SubscriptionCreateParams = {
    customer: wish.customerId,
    items: [{ price: wish.priceRef, quantity: wish.seats ?? 1 }],
    payment_behavior: 'default_incomplete',
    ...(wish.trialDays === null ? {} : trialOf(wish.trialDays)),
    metadata: { owner_id: wish.ownerId },
    expand: ['latest_invoice.confirmation_secret', 'pending_setup_intent'],
  };
  return calls.repeatably(async (timeout) => {
    const options = { idempotencyKey: `subscription:${wish.intentKey}`, timeout };
    const answer = await stripe.subscriptions.create(params, options);
    const subscriptionId = asProviderId(at(answer, 'id'));
    if (subscriptionId === null) throw new ProviderUnavailableError('stripe');
    const secret =
      asText(at(answer, 'latest_invoice', 'confirmation_secret', 'client_secret')) ??
      asText(at(answer, 'pending_setup_intent', 'client_secret'));
    return { subscriptionId, clientSecret: secret };
  });
}

/** A trial that nobody left a card for ends with its last day: an invoice without a card would only turn past due. */
function trialOf(
  days: number,
): Pick<Stripe.SubscriptionCreateParams, 'trial_period_days' | 'trial_settings'> {
  return {
    trial_period_days: days,
    trial_settings: { end_behavior: { missing_payment_method: 'cancel' } },
  };
}
