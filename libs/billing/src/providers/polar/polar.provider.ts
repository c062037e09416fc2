import type { Polar } from '@polar-sh/sdk/2026-10';
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
import type { CatalogForm, ProviderPrice, PushedPrice } from '../provider-catalog.js';
import type {
  ChangePreview,
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
import { POLAR_CAPABILITIES } from './polar-capabilities.js';
import { PolarCatalog } from './polar-catalog.js';
import { PolarChanges } from './polar-changes.js';
import { openPolarCheckout, openPolarPortal } from './polar-checkouts.js';
import { createPolar, type PolarProviderOptions } from './polar-client.js';
import { ensurePolarCustomer, isPolarCustomer, payerOfPolarOrder } from './polar-customers.js';
import { diagnosePolar } from './polar-diagnosis.js';
import { polarPolicy } from './polar-errors.mapper.js';
import { listPolarSubscriptions } from './polar-listing.js';
import { previewPolarChange } from './polar-preview.js';
import { reportPolarUsage } from './polar-usage.js';
import { verifyPolarWebhook } from './polar-webhook.js';

const SIGNATURE_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** Polar (API version 2026-10) through its SDK. A price reference is a Polar product id. */
export class PolarProvider extends PaymentProvider {
  readonly name = 'polar';
  readonly capabilities = POLAR_CAPABILITIES;
  private readonly polar: Polar;
  private readonly secrets: readonly string[];
  private readonly calls: ProviderCalls;
  private readonly changes: PolarChanges;
  private readonly catalog: PolarCatalog;
  private readonly origin: string;

  /** @throws ProviderMisconfiguredError the token or a secret is empty, or the base URL is not one */
  constructor(options: PolarProviderOptions) {
    super();
    this.secrets = requireWebhookSecrets('polar', options.webhookSecrets);
    const { polar, origin } = createPolar(options);
    this.polar = polar;
    this.origin = origin;
    this.calls = new ProviderCalls(polarPolicy, options.limits);
    this.changes = new PolarChanges(this.polar, this.calls);
    this.catalog = new PolarCatalog(this.polar, this.calls);
  }

  claims(headers: WebhookHeaders): boolean {
    return SIGNATURE_HEADERS.some((name) => headers[name] !== undefined);
  }

  async verify(rawBody: Buffer, headers: WebhookHeaders): Promise<VerifiedEvent> {
    return verifyPolarWebhook(rawBody, headers, this.secrets);
  }

  async fetchSubscription(subscriptionId: string): Promise<ProviderSubscription | null> {
    return this.changes.find(subscriptionId);
  }

  listSubscriptions(filter: SubscriptionFilter): AsyncIterable<ProviderSubscription> {
    return listPolarSubscriptions(this.polar, this.calls, filter);
  }

  async ensureCustomer(customer: NewCustomer): Promise<{ customerId: string }> {
    return { customerId: await ensurePolarCustomer(this.polar, this.calls, customer) };
  }

  async hasCustomer(customerId: string): Promise<boolean> {
    return isPolarCustomer(this.polar, this.calls, customerId);
  }

  async payerOf(paymentId: string): Promise<string | null> {
    return payerOfPolarOrder(this.polar, this.calls, paymentId);
  }

  async createCheckout(checkout: NewCheckout): Promise<HostedCheckout> {
    return openPolarCheckout(this.polar, this.calls, checkout);
  }

  /** Polar has no call that closes a checkout: it expires by itself. */
  async closeCheckout(): Promise<boolean> {
    return false;
  }

  async createPortalSession(input: { customerId: string; returnUrl: string }): Promise<{ url: string }> {
    return openPolarPortal(this.polar, this.calls, input);
  }

  /** Polar creates free products only without a checkout. */
  async createSubscription(): Promise<PendingSubscription> {
    throw new CheckoutRequiredError();
  }

  async changePlan(subscriptionId: string, change: PlanChange): Promise<ProviderSubscription> {
    return this.changes.changePlan(subscriptionId, change);
  }

  async previewChange(subscriptionId: string, wish: PreviewWish): Promise<ChangePreview> {
    return previewPolarChange(this.catalog, await this.changes.fetch(subscriptionId), wish);
  }

  async setSeats(subscriptionId: string, change: SeatChange): Promise<ProviderSubscription> {
    return this.changes.setSeats(subscriptionId, change);
  }

  async scheduleCancel(subscriptionId: string): Promise<ProviderSubscription> {
    return this.changes.scheduleCancel(subscriptionId);
  }

  async undoCancel(subscriptionId: string): Promise<ProviderSubscription> {
    return this.changes.undoCancel(subscriptionId);
  }

  async pause(subscriptionId: string, resumesAt: Date | null): Promise<ProviderSubscription> {
    return this.changes.pause(subscriptionId, resumesAt);
  }

  /** At Polar a pause begins with the end of the period, so there never is one that still runs. */
  async resume(subscriptionId: string): Promise<ProviderSubscription> {
    return this.changes.resume(subscriptionId);
  }

  async revoke(subscriptionId: string): Promise<ProviderSubscription> {
    return this.changes.revoke(subscriptionId);
  }

  async dropPendingChange(subscriptionId: string): Promise<ProviderSubscription> {
    return this.changes.dropPendingChange(subscriptionId);
  }

  async reportUsage(reports: readonly UsageReport[]): Promise<readonly UsageReceipt[]> {
    return reportPolarUsage(this.polar, this.calls, reports);
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
    const { polar, calls, catalog, origin } = this;
    return diagnosePolar({ polar, calls, catalog, origin }, input);
  }
}
