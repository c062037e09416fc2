import Stripe from 'stripe';
import {
  PaymentProvider,
  type HostedCheckout,
  type NewCheckout,
  type NewCustomer,
  type SubscriptionFilter,
  type VerifiedEvent,
  type WebhookHeaders,
} from '../payment-provider.js';
import { ProviderCalls } from '../provider-call.js';
import type { ProviderCapabilities } from '../provider-capabilities.js';
import type { CatalogForm, ProviderPrice, PushedPrice } from '../provider-catalog.js';
import type {
  ChangePreview,
  NewSubscription,
  PendingSubscription,
  PlanChange,
  PreviewWish,
  SeatChange,
} from '../provider-changes.js';
import type { DiagnosisInput, DiagnosisStep } from '../provider-diagnosis.js';
import type { CallLimits } from '../provider-gate.js';
import { requireSecret, requireWebhookSecrets } from '../provider-options.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import type { UsageReceipt, UsageReport } from '../provider-usage.js';
import { CheckoutRequiredError } from '../provider.errors.js';
import { toStripeAddress } from './stripe-address.js';
import { StripeCatalog } from './stripe-catalog.js';
import { StripeChanges } from './stripe-changes.js';
import { closeStripeCheckout, openStripeCheckout, openStripePortal } from './stripe-checkouts.js';
import { ensureStripeCustomer, isStripeCustomer, payerOfStripeCharge } from './stripe-customers.js';
import { diagnoseStripe } from './stripe-diagnosis.js';
import { createStripeSubscription } from './stripe-direct.js';
import { stripePolicy } from './stripe-errors.mapper.js';
import { isLiveKey } from './stripe-key-mode.js';
import { StripeLife } from './stripe-life.js';
import { StripeListing } from './stripe-listing.js';
import { previewStripeChange } from './stripe-preview.js';
import { StripeReader } from './stripe-reading.js';
import { reportStripeUsage } from './stripe-usage.js';
import { verifyStripeWebhook } from './stripe-webhook.js';

/** The API version whose shapes we write; the webhook endpoint at Stripe should be set to the same. */
const API_VERSION = '2026-10-28.endive';
const PRODUCTION = 'https://api.stripe.com';

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

/** Stripe through its SDK. A price reference is a Stripe price id. */
export class StripeProvider extends PaymentProvider {
  readonly name = 'stripe';
  readonly capabilities: ProviderCapabilities;
  private readonly stripe: Stripe;
  private readonly secrets: readonly string[];
  private readonly calls: ProviderCalls;
  private readonly reader: StripeReader;
  private readonly catalog: StripeCatalog;

  /** @throws ProviderMisconfiguredError the key or a secret is empty, or the base URL is not one */
  constructor(private readonly options: StripeProviderOptions) {
    super();
    this.secrets = requireWebhookSecrets('stripe', options.webhookSecrets);
    this.capabilities = toCapabilities(options.managedPayments);
    // The SDK's own retries obey `Retry-After` for up to a minute; ours stay within the bound of a call. Its client on
    // `fetch` bounds a request as a whole, and does not repeat a closed connection behind our back.
    this.stripe = new Stripe(requireSecret('stripe', 'the secret key', options.secretKey), {
      apiVersion: API_VERSION,
      maxNetworkRetries: 0,
      httpClient: Stripe.createFetchHttpClient(),
      telemetry: false,
      ...(options.baseUrl === undefined ? {} : toStripeAddress(options.baseUrl)),
    });
    this.calls = new ProviderCalls(stripePolicy, options.limits);
    this.reader = new StripeReader(this.stripe, this.calls, new Set(options.planPrices));
    this.catalog = new StripeCatalog(this.stripe, this.calls);
  }

  claims(headers: WebhookHeaders): boolean {
    return headers['stripe-signature'] !== undefined;
  }

  async verify(rawBody: Buffer, headers: WebhookHeaders): Promise<VerifiedEvent> {
    return verifyStripeWebhook(rawBody, headers, this.secrets, isLiveKey(this.options.secretKey));
  }

  async fetchSubscription(subscriptionId: string): Promise<ProviderSubscription | null> {
    return (await this.reader.find(subscriptionId))?.subscription ?? null;
  }

  listSubscriptions(filter: SubscriptionFilter): AsyncIterable<ProviderSubscription> {
    return new StripeListing(this.stripe, this.calls, this.reader).list(filter);
  }

  async ensureCustomer(customer: NewCustomer): Promise<{ customerId: string }> {
    return { customerId: await ensureStripeCustomer(this.stripe, this.calls, customer) };
  }

  async hasCustomer(customerId: string): Promise<boolean> {
    return isStripeCustomer(this.stripe, this.calls, customerId);
  }

  async payerOf(paymentId: string): Promise<string | null> {
    return payerOfStripeCharge(this.stripe, this.calls, paymentId);
  }

  async createCheckout(checkout: NewCheckout): Promise<HostedCheckout> {
    return openStripeCheckout(this.stripe, this.calls, checkout, this.options.managedPayments);
  }

  async closeCheckout(providerCheckoutId: string): Promise<boolean> {
    return closeStripeCheckout(this.stripe, this.calls, providerCheckoutId);
  }

  async createPortalSession(input: { customerId: string; returnUrl: string }): Promise<{ url: string }> {
    return openStripePortal(this.stripe, this.calls, input);
  }

  async createSubscription(wish: NewSubscription): Promise<PendingSubscription> {
    if (!this.capabilities.directSubscriptions) throw new CheckoutRequiredError();
    return createStripeSubscription(this.stripe, this.calls, wish);
  }

  async changePlan(subscriptionId: string, change: PlanChange): Promise<ProviderSubscription> {
    return this.changes().changePlan(subscriptionId, change);
  }

  async previewChange(subscriptionId: string, wish: PreviewWish): Promise<ChangePreview> {
    return previewStripeChange(this.stripe, this.calls, await this.reader.fetch(subscriptionId), wish);
  }

  async setSeats(subscriptionId: string, change: SeatChange): Promise<ProviderSubscription> {
    return this.changes().setSeats(subscriptionId, change);
  }

  async scheduleCancel(subscriptionId: string, intentKey: string): Promise<ProviderSubscription> {
    return this.life().scheduleCancel(subscriptionId, intentKey);
  }

  async undoCancel(subscriptionId: string, intentKey: string): Promise<ProviderSubscription> {
    return this.life().undoCancel(subscriptionId, intentKey);
  }

  async pause(
    subscriptionId: string,
    resumesAt: Date | null,
    intentKey: string,
  ): Promise<ProviderSubscription> {
    return this.life().pause(subscriptionId, resumesAt, intentKey);
  }

  async resume(subscriptionId: string, at: Date, intentKey: string): Promise<ProviderSubscription> {
    return this.life().resume(subscriptionId, at, intentKey);
  }

  async revoke(subscriptionId: string): Promise<ProviderSubscription> {
    return this.life().revoke(subscriptionId);
  }

  /** Stripe keeps no pending change: it stands as wished. */
  async dropPendingChange(subscriptionId: string): Promise<ProviderSubscription> {
    return (await this.reader.fetch(subscriptionId)).subscription;
  }

  async reportUsage(reports: readonly UsageReport[]): Promise<readonly UsageReceipt[]> {
    return reportStripeUsage(this.stripe, this.calls, reports);
  }

  async listPrices(): Promise<readonly ProviderPrice[]> {
    return this.catalog.list();
  }

  async pushCatalog(forms: readonly CatalogForm[]): Promise<readonly PushedPrice[]> {
    return this.catalog.push(forms);
  }

  async readBackCatalog(): Promise<readonly ProviderPrice[]> {
    return this.catalog.readBack();
  }

  async diagnose(input: DiagnosisInput): Promise<readonly DiagnosisStep[]> {
    const { stripe, calls, catalog } = this;
    const { baseUrl, managedPayments } = this.options;
    const origin = baseUrl ?? PRODUCTION;
    return diagnoseStripe(
      { stripe, calls, catalog, origin, apiVersion: API_VERSION, managedPayments },
      input,
    );
  }

  private changes(): StripeChanges {
    return new StripeChanges(this.stripe, this.calls, this.reader);
  }

  private life(): StripeLife {
    return new StripeLife(this.stripe, this.calls, this.reader);
  }
}

/** Managed Payments sell by Checkout only, and forbid the schedules that could keep a change until the period ends. */
function toCapabilities(managedPayments: boolean): ProviderCapabilities {
  return {
    changeAtPeriodEnd: 'ours',
    prorations: ['invoice_now', 'next_invoice', 'none'],
    changesWhileCanceling: true,
    leavesSeatPricing: true,
    directSubscriptions: !managedPayments,
    closesCheckouts: true,
    previews: 'exact',
    pauses: 'now',
    resumesByItself: false,
    usageDedupeHours: 24,
  };
}
