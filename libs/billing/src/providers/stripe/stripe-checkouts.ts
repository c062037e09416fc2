import type Stripe from 'stripe';
import type { HostedCheckout, NewCheckout } from '../payment-provider.js';
import type { ProviderCalls } from '../provider-call.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { asEpoch, asProviderId, asUrl, at } from '../tolerant-reader.js';
import { isMissing, toStripeError } from './stripe-errors.mapper.js';

/**
 * Opens a hosted checkout session. `managed_payments` is always sent: accounts may have it on by default. An answer
 * that does not carry the same choice is closed again and refused, because it decides who the merchant of record is.
 *
 * @throws ProviderRefusedError with the code `managed_payments_mismatch` in that case
 */
export async function openStripeCheckout(
  stripe: Stripe,
  calls: ProviderCalls,
  checkout: NewCheckout,
  managedPayments: boolean,
): Promise<HostedCheckout> {
  const opened = await calls.repeatably(async (timeout) => {
    const options = { idempotencyKey: `checkout:${checkout.checkoutId}`, timeout };
    return toOpened(
      await stripe.checkout.sessions.create(toSessionParams(checkout, managedPayments), options),
    );
  });
  if (opened.managedPayments !== managedPayments) {
    await closeStripeCheckout(stripe, calls, opened.id);
    throw new ProviderRefusedError('stripe', 'managed_payments_mismatch');
  }
  return { id: opened.id, url: opened.url, expiresAt: opened.expiresAt };
}

function toOpened(session: unknown): HostedCheckout & { managedPayments: boolean } {
  const id = asProviderId(at(session, 'id'));
  const url = asUrl(at(session, 'url'));
  const expiresAt = asEpoch(at(session, 'expires_at'));
  if (id === null || url === null || expiresAt === null) throw new ProviderUnavailableError('stripe');
  return { id, url, expiresAt, managedPayments: at(session, 'managed_payments', 'enabled') === true };
}

/** Nothing that Managed Payments forbids stands here (no tax, payment method or custom text parameters). */
function toSessionParams(
  checkout: NewCheckout,
  managedPayments: boolean,
): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'subscription',
    customer: checkout.customerId,
    client_reference_id: checkout.checkoutId,
    line_items: [{ price: checkout.priceRef, quantity: checkout.seats ?? 1 }],
    managed_payments: { enabled: managedPayments },
    subscription_data: {
      metadata: { owner_id: checkout.ownerId, checkout_id: checkout.checkoutId },
      // Stripe has no trial unless one is asked for: nothing is sent for none.
      ...(checkout.trialDays === null ? {} : { trial_period_days: checkout.trialDays }),
    },
    success_url: checkout.successUrl,
    cancel_url: checkout.cancelUrl,
  };
}

/**
 * Expires an open session. Stripe refuses for one that is no longer open; then its status says whether it is closed
 * (`expired`) or was paid (`complete`). An id that Stripe does not know was not closed by us: false.
 */
export async function closeStripeCheckout(
  stripe: Stripe,
  calls: ProviderCalls,
  sessionId: string,
): Promise<boolean> {
  if (asProviderId(sessionId) === null) return false;
  return calls.repeatably(async (timeout) => {
    try {
      const session = await stripe.checkout.sessions.expire(sessionId, {}, { timeout });
      return at(session, 'status') === 'expired';
    } catch (error) {
      if (isMissing(error)) return false;
      if (!(toStripeError(error) instanceof ProviderRefusedError)) throw error;
      const session = await stripe.checkout.sessions.retrieve(sessionId, {}, { timeout });
      return at(session, 'status') === 'expired';
    }
  });
}

/** Opens the customer's portal. Repeating is harmless: an unused session expires by itself. */
export async function openStripePortal(
  stripe: Stripe,
  calls: ProviderCalls,
  input: { customerId: string; returnUrl: string },
): Promise<{ url: string }> {
  const params = { customer: input.customerId, return_url: input.returnUrl };
  return calls.repeatably(async (timeout) => {
    const url = asUrl(at(await stripe.billingPortal.sessions.create(params, { timeout }), 'url'));
    if (url === null) throw new ProviderUnavailableError('stripe');
    return { url };
  });
}
