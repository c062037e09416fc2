import type { models, Polar } from '@polar-sh/sdk/2026-10';
import type { HostedCheckout, NewCheckout } from '../payment-provider.js';
import type { ProviderCalls } from '../provider-call.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asInstant, asProviderId, asUrl, at } from '../tolerant-reader.js';
import { within } from './polar-errors.mapper.js';

/** Opens a hosted checkout; Polar has no idempotency keys, so it is sent once. */
export async function openPolarCheckout(
  polar: Polar,
  calls: ProviderCalls,
  checkout: NewCheckout,
): Promise<HostedCheckout> {
  const answer = await calls.once((milliseconds) =>
    polar.checkouts.create(toBody(checkout), within(milliseconds)),
  );
  const id = asProviderId(at(answer, 'id'));
  const url = asUrl(at(answer, 'url'));
  const expiresAt = asInstant(at(answer, 'expires_at'));
  if (id === null || url === null || expiresAt === null) throw new ProviderUnavailableError('polar');
  return { id, url, expiresAt };
}

/** Opens the customer's portal. Repeating is harmless: an unused session expires by itself. */
export async function openPolarPortal(
  polar: Polar,
  calls: ProviderCalls,
  input: { customerId: string; returnUrl: string },
): Promise<{ url: string }> {
  const body = { customer_id: input.customerId, return_url: input.returnUrl };
  const answer = await calls.once((milliseconds) =>
    polar.customerSessions.create(body, within(milliseconds)),
  );
  const url = asUrl(at(answer, 'customer_portal_url'));
  if (url === null) throw new ProviderUnavailableError('polar');
  return { url };
}

function toBody(checkout: NewCheckout): models.CheckoutCreate {
  return {
    products: [checkout.priceRef],
    customer_id: checkout.customerId,
    ...(checkout.seats === null ? {} : { seats: checkout.seats }),
    ...toTrial(checkout.trialDays),
    metadata: { owner_id: checkout.ownerId, checkout_id: checkout.checkoutId, plan: checkout.plan },
    success_url: checkout.successUrl,
    return_url: checkout.cancelUrl,
  };
}

/** No trial is said as well: a product may carry one of its own, for everybody and every time. */
function toTrial(days: number | null): Partial<models.CheckoutCreate> {
  if (days === null) return { allow_trial: false };
  return { allow_trial: true, trial_interval: 'day', trial_interval_count: days };
}
