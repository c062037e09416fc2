import Stripe from 'stripe';
import type { CallLimits } from '../provider-gate.js';
import { requireSecret } from '../provider-options.js';
import { toStripeAddress } from './stripe-address.js';

/** The API version whose shapes we write; the webhook endpoint at Stripe should be set to the same. */
export const STRIPE_API_VERSION = '2026-10-28.endive';
/** Where Stripe answers, unless told otherwise. */
export const STRIPE_ORIGIN = 'https://api.stripe.com';

/** What the Stripe adapter needs; `baseUrl` points it at a stand-in. */
export interface StripeProviderOptions {
  readonly secretKey: string;
  /** All secrets that are good now: during a rotation the old and the new one. */
  readonly webhookSecrets: readonly string[];
  readonly baseUrl?: string;
  /** Whether Stripe (Managed Payments) or the application is the merchant of record. */
  readonly managedPayments: boolean;
  /** Price ids that plans are mapped to; they tell the item of the plan from add-ons. */
  readonly planPrices?: readonly string[];
  /** What of a limit is left out keeps its default. */
  readonly limits?: Partial<CallLimits>;
}

/**
 * Stripe's SDK as we use it: its own retries obey `Retry-After` for up to a minute, ours stay within the bound of a call. Its
 * client on `fetch` bounds a request as a whole, and does not repeat a closed connection behind our back.
 *
 * @throws ProviderMisconfiguredError the key is empty, or the base URL is not one
 */
export function createStripe({ secretKey, baseUrl }: StripeProviderOptions): Stripe {
  return new Stripe(requireSecret('stripe', 'the secret key', secretKey), {
    apiVersion: STRIPE_API_VERSION,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(),
    telemetry: false,
    ...(baseUrl === undefined ? {} : toStripeAddress(baseUrl)),
  });
}
