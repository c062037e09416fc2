import type { BillingInterval, ProviderName } from './provider-name.js';
import type { ProviderSubscription } from './provider-subscription.js';

export type { BillingInterval, ProviderName };

/** HTTP headers of a delivery: lower-case names, one value each (an array-valued header is refused before). */
export type WebhookHeaders = Readonly<Record<string, string | undefined>>;

/**
 * A delivery whose signature is good, reduced to what we use.
 * `topic` says which part of ours it concerns; `unknown` is a type that this version does not know.
 */
export interface VerifiedEvent {
  /** Unique per provider and the same on every retry (Polar: header `webhook-id`, Stripe: `event.id`). */
  readonly eventId: string;
  readonly type: string;
  readonly topic: 'subscription' | 'customer' | 'checkout' | 'irrelevant' | 'unknown';
  /** The provider's time of the event, never ours. */
  readonly occurredAt: Date;
  readonly subscriptionId: string | null;
  readonly customerId: string | null;
  readonly checkoutId: string | null;
}

/** Who is to be known at the provider: our owner id is stored there, so that events find their way back. */
export interface NewCustomer {
  readonly ownerId: string;
  readonly email: string;
  readonly name: string | null;
}

/** What a hosted checkout is to sell. `priceRef` is a Polar product id or a Stripe price id. */
export interface NewCheckout {
  /** Id of our own checkout row: idempotency key and `client_reference_id`. */
  readonly checkoutId: string;
  readonly ownerId: string;
  readonly customerId: string;
  readonly plan: string;
  readonly interval: BillingInterval;
  readonly priceRef: string;
  /** Number of seats, null for plans that are not priced per seat. */
  readonly seats: number | null;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

/** A hosted checkout page at the provider. */
export interface HostedCheckout {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * One payment provider, in our words. Implementations translate and nothing else: no row of ours, no rule of
 * ours, and no SDK type or SDK error leaves them. Every call is bounded in time (≤ 10 s).
 *
 * @throws ProviderUnavailableError when the provider cannot be reached, answers 5xx or 429, or times out
 * @throws ProviderRefusedError when it understood and said no
 */
export abstract class PaymentProvider {
  abstract readonly name: ProviderName;

  /** Whether these headers claim to come from this provider (looks at names only, verifies nothing). */
  abstract claims(headers: WebhookHeaders): boolean;

  /**
   * Verifies the signature over the exact bytes and reads the envelope tolerantly.
   * Time of signing must lie within ±300 s of real time; every configured secret is tried.
   *
   * @throws SignatureRefusedError signature missing, wrong, stale or from the future
   * @throws UnreadableEventError good signature, but not UTF-8 JSON of an event
   */
  abstract verify(rawBody: Buffer, headers: WebhookHeaders): Promise<VerifiedEvent>;

  /** The subscription as it stands at the provider now; null when the provider knows no such id. */
  abstract fetchSubscription(subscriptionId: string): Promise<ProviderSubscription | null>;

  /** Creates the customer, or returns the one that already carries this owner id. Safe to repeat. */
  abstract ensureCustomer(customer: NewCustomer): Promise<{ customerId: string }>;

  /** Opens a hosted checkout. */
  abstract createCheckout(checkout: NewCheckout): Promise<HostedCheckout>;

  /** Closes an open checkout so that it can no longer be paid; false where the provider cannot do so. */
  abstract closeCheckout(providerCheckoutId: string): Promise<boolean>;

  /** Opens a portal session for the customer; the URL is short-lived and made per click. */
  abstract createPortalSession(input: { customerId: string; returnUrl: string }): Promise<{ url: string }>;
}
