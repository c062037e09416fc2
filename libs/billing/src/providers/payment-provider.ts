import type { ProviderCapabilities } from './provider-capabilities.js';
import type { CatalogForm, ProviderPrice, PushedPrice } from './provider-catalog.js';
import type {
  ChangePreview,
  NewSubscription,
  PendingSubscription,
  PlanChange,
  PreviewWish,
  SeatChange,
} from './provider-changes.js';
import type { DiagnosisInput, DiagnosisStep } from './provider-diagnosis.js';
import type { BillingInterval, ProviderName } from './provider-name.js';
import type { ProviderSubscription } from './provider-subscription.js';
import type { UsageReceipt, UsageReport } from './provider-usage.js';
import type { VerifiedEvent, WebhookHeaders } from './webhook-event.js';

export type { BillingInterval, ProviderName, VerifiedEvent, WebhookHeaders };

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
  /** Days of trial; null for none, which is said to the provider and overrules what a product may carry. */
  readonly trialDays: number | null;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

/** Which subscriptions to list; without any bound all of them, ended ones included. */
export interface SubscriptionFilter {
  readonly customerId?: string;
  /** Those that changed at the provider at or after this instant, or stand at an edge since. */
  readonly changedSince?: Date;
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
  abstract readonly capabilities: ProviderCapabilities;

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

  /**
   * Subscriptions page by page, each as `fetchSubscription` would tell it. A failure ends the walk with an error: what
   * was not reached is not known to be absent.
   */
  abstract listSubscriptions(filter: SubscriptionFilter): AsyncIterable<ProviderSubscription>;

  /** Creates the customer, or returns the one that already carries this owner id. Safe to repeat. */
  abstract ensureCustomer(customer: NewCustomer): Promise<{ customerId: string }>;

  /** Whether the provider has this customer, and they were not deleted there. */
  abstract hasCustomer(customerId: string): Promise<boolean>;

  /**
   * The customer who made a payment that an event names (a Polar order, a Stripe charge); null when the provider knows no
   * such payment, or nobody's name stands on it.
   */
  abstract payerOf(paymentId: string): Promise<string | null>;

  /** Opens a hosted checkout. */
  abstract createCheckout(checkout: NewCheckout): Promise<HostedCheckout>;

  /** Closes an open checkout so that it can no longer be paid; false where the provider cannot do so. */
  abstract closeCheckout(providerCheckoutId: string): Promise<boolean>;

  /** Opens a portal session for the customer; the URL is short-lived and made per click. */
  abstract createPortalSession(input: { customerId: string; returnUrl: string }): Promise<{ url: string }>;

  /**
   * Creates a subscription without a hosted page, waiting for its first payment. A trial for which nobody leaves a card ends
   * with its last day.
   *
   * @throws CheckoutRequiredError where the provider sells by hosted pages only
   */
  abstract createSubscription(wish: NewSubscription): Promise<PendingSubscription>;

  /**
   * Changes plan, interval and seats, and answers the subscription as it then stands. Where that takes several calls, what
   * stands between them costs no more than the whole, and a repetition finishes it. A change that the provider keeps until
   * the period ends gives way to it first, also when the new one is refused.
   *
   * @throws ProviderRefusedError `payment_failed` (nothing was changed), `cancel_scheduled`, `locked` (try later),
   *   `unsupported` for a time or proration that `capabilities` does not name
   */
  abstract changePlan(subscriptionId: string, change: PlanChange): Promise<ProviderSubscription>;

  /** What `changePlan` with `when: 'now'` would cost. */
  abstract previewChange(subscriptionId: string, wish: PreviewWish): Promise<ChangePreview>;

  /** Sets the absolute number of seats; repeating it changes nothing. Pending changes and refusals as of `changePlan`. */
  abstract setSeats(subscriptionId: string, change: SeatChange): Promise<ProviderSubscription>;

  /** Lets the subscription end with its period. Safe to repeat; `intentKey` as of {@link PlanChange}, here and below. */
  abstract scheduleCancel(subscriptionId: string, intentKey: string): Promise<ProviderSubscription>;

  /** Takes a scheduled cancel back. Safe to repeat. */
  abstract undoCancel(subscriptionId: string, intentKey: string): Promise<ProviderSubscription>;

  /** Pauses (see `capabilities.pauses`), until `resumesAt` or until it is resumed. */
  abstract pause(
    subscriptionId: string,
    resumesAt: Date | null,
    intentKey: string,
  ): Promise<ProviderSubscription>;

  /**
   * Resumes a paused subscription at the instant `at`, or takes a scheduled pause back. While the period that was paid for
   * still runs it goes on unchanged and nothing is charged; after its end a new one begins at once.
   */
  abstract resume(subscriptionId: string, at: Date, intentKey: string): Promise<ProviderSubscription>;

  /** Ends the subscription at once and for ever, without money back. Safe to repeat. */
  abstract revoke(subscriptionId: string): Promise<ProviderSubscription>;

  /** Drops a change of plan or seats that the provider keeps until the period ends. Safe to repeat. */
  abstract dropPendingChange(subscriptionId: string): Promise<ProviderSubscription>;

  /** Reports usage; answers for every report, in the same order, and throws nothing about single ones. */
  abstract reportUsage(reports: readonly UsageReport[]): Promise<readonly UsageReceipt[]>;

  /** Recurring prices that are on sale now (archived ones are absent), as the provider tells them. */
  abstract listPrices(): Promise<readonly ProviderPrice[]>;

  /**
   * Creates products and prices that are missing and corrects their words, found again by our metadata: safe to repeat.
   * Takes nothing off sale: a price that costs something else stays beside the new one, see `PushedPrice.stays`.
   *
   * @throws NotDigitalError a form has no tax code of a digital product; nothing is sent then
   */
  abstract pushCatalog(forms: readonly CatalogForm[]): Promise<readonly PushedPrice[]>;

  /** Prices on sale that carry our metadata, as they stand at the provider. */
  abstract readBackCatalog(): Promise<readonly ProviderPrice[]>;

  /** Looks at the installation at the provider, step by step; finds, and throws nothing. */
  abstract diagnose(input: DiagnosisInput): Promise<readonly DiagnosisStep[]>;
}
