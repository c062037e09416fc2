import type Stripe from 'stripe';
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
import { requireWebhookSecrets } from '../provider-options.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import type { UsageReceipt, UsageReport } from '../provider-usage.js';
import { CheckoutRequiredError } from '../provider.errors.js';
import { stripeCapabilities } from './stripe-capabilities.js';
import { StripeCatalog } from './stripe-catalog.js';
import { StripeChanges } from './stripe-changes.js';
import { closeStripeCheckout, openStripeCheckout, openStripePortal } from './stripe-checkouts.js';
import {
  createStripe,
  STRIPE_API_VERSION,
  STRIPE_ORIGIN,
  type StripeProviderOptions,
} from './stripe-client.js';
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

/** Stripe through its SDK. A price reference is a Stripe price id. */
export class StripeProvider extends PaymentProvider {
  readonly name = 'stripe';
  readonly capabilities: ProviderCapabilities;
  private readonly stripe: Stripe;
  private readonly secrets: readonly string[];
  private readonly calls: ProviderCalls;
  private readonly reader: StripeReader;
  private readonly changes: StripeChanges;
  private readonly life: StripeLife;
  private readonly catalog: StripeCatalog;

  /** @throws ProviderMisconfiguredError the key or a secret is empty, or the base URL is not one */
  constructor(private readonly options: StripeProviderOptions) {
    super();
    this.secrets = requireWebhookSecrets('stripe', options.webhookSecrets);
    this.capabilities = stripeCapabilities(options.managedPayments);
    this.stripe = createStripe(options);
    this.calls = new ProviderCalls(stripePolicy, options.limits);
    this.reader = new StripeReader(this.stripe, this.calls, new Set(options.planPrices));
    this.changes = new StripeChanges(this.stripe, this.calls, this.reader);
    this.life = new StripeLife(this.stripe, this.calls, this.reader);
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
    return this.changes.changePlan(subscriptionId, change);
  }

  async previewChange(subscriptionId: string, wish: PreviewWish): Promise<ChangePreview> {
    return previewStripeChange(this.stripe, this.calls, await this.reader.fetch(subscriptionId), wish);
  }

  async setSeats(subscriptionId: string, change: SeatChange): Promise<ProviderSubscription> {
    return this.changes.setSeats(subscriptionId, change);
  }

  async scheduleCancel(subscriptionId: string, intentKey: string): Promise<ProviderSubscription> {
    return this.life.scheduleCancel(subscriptionId, intentKey);
  }

  async undoCancel(subscriptionId: string, intentKey: string): Promise<ProviderSubscription> {
    return this.life.undoCancel(subscriptionId, intentKey);
  }

  async pause(
    subscriptionId: string,
    resumesAt: Date | null,
    intentKey: string,
  ): Promise<ProviderSubscription> {
    return this.life.pause(subscriptionId, resumesAt, intentKey);
  }

  async resume(subscriptionId: string, at: Date, intentKey: string): Promise<ProviderSubscription> {
    return this.life.resume(subscriptionId, at, intentKey);
  }

  async revoke(subscriptionId: string): Promise<ProviderSubscription> {
    return this.life.revoke(subscriptionId);
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
    const { baseUrl: origin = STRIPE_ORIGIN, managedPayments } = this.options;
    const apiVersion = STRIPE_API_VERSION;
    return diagnoseStripe({ stripe, calls, catalog, origin, apiVersion, managedPayments }, input);
  }
}
