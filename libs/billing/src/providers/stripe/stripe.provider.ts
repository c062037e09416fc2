import Stripe from 'stripe';
import {
  PaymentProvider,
  type HostedCheckout,
  type NewCheckout,
  type NewCustomer,
  type VerifiedEvent,
  type WebhookHeaders,
} from '../payment-provider.js';
import { callRepeatably } from '../provider-call.js';
import { requireSecret, requireWebhookSecrets } from '../provider-options.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asProviderId, asUrl, at } from '../tolerant-reader.js';
import { toStripeAddress } from './stripe-address.js';
import { closeStripeCheckout, openStripeCheckout } from './stripe-checkouts.js';
import { ensureStripeCustomer } from './stripe-customers.js';
import { isMissing, stripeCalls } from './stripe-errors.mapper.js';
import { toStripeSubscription } from './stripe-subscription.mapper.js';
import { verifyStripeWebhook } from './stripe-webhook.js';

/** The API version whose shapes we write; the webhook endpoint at Stripe should be set to the same. */
const API_VERSION = '2026-10-28.endive';
const EXPANDED = ['customer', 'items.data.price.product'];

/** What the Stripe adapter needs; `baseUrl` points it at a stand-in. */
export interface StripeProviderOptions {
  readonly secretKey: string;
  /** All secrets that are good now: during a rotation the old and the new one. */
  readonly webhookSecrets: readonly string[];
  readonly baseUrl?: string;
  /** Whether Stripe (Managed Payments) or the application is the merchant of record. */
  readonly managedPayments: boolean;
}

/** Stripe through its SDK. A price reference is a Stripe price id. */
export class StripeProvider extends PaymentProvider {
  readonly name = 'stripe';
  private readonly stripe: Stripe;
  private readonly secrets: readonly string[];
  private readonly managedPayments: boolean;

  /** @throws ProviderMisconfiguredError the key or a secret is empty, or the base URL is not one */
  constructor(options: StripeProviderOptions) {
    super();
    this.secrets = requireWebhookSecrets('stripe', options.webhookSecrets);
    this.managedPayments = options.managedPayments;
    // The SDK's own retries obey `Retry-After` for up to a minute; ours stay within the bound of a call. Its client on
    // `fetch` bounds a request as a whole, and does not repeat a closed connection behind our back.
    this.stripe = new Stripe(requireSecret('stripe', 'the secret key', options.secretKey), {
      apiVersion: API_VERSION,
      maxNetworkRetries: 0,
      httpClient: Stripe.createFetchHttpClient(),
      telemetry: false,
      ...(options.baseUrl === undefined ? {} : toStripeAddress(options.baseUrl)),
    });
  }

  claims(headers: WebhookHeaders): boolean {
    return headers['stripe-signature'] !== undefined;
  }

  async verify(rawBody: Buffer, headers: WebhookHeaders): Promise<VerifiedEvent> {
    return verifyStripeWebhook(rawBody, headers, this.secrets);
  }

  async fetchSubscription(subscriptionId: string): Promise<ProviderSubscription | null> {
    if (asProviderId(subscriptionId) === null) return null;
    return callRepeatably(stripeCalls, (timeout) => this.read(subscriptionId, timeout));
  }

  async ensureCustomer(customer: NewCustomer): Promise<{ customerId: string }> {
    return { customerId: await ensureStripeCustomer(this.stripe, customer) };
  }

  async createCheckout(checkout: NewCheckout): Promise<HostedCheckout> {
    return openStripeCheckout(this.stripe, checkout, this.managedPayments);
  }

  async closeCheckout(providerCheckoutId: string): Promise<boolean> {
    return closeStripeCheckout(this.stripe, providerCheckoutId);
  }

  async createPortalSession(input: { customerId: string; returnUrl: string }): Promise<{ url: string }> {
    // Repeating is harmless: an unused portal session expires by itself.
    const params = { customer: input.customerId, return_url: input.returnUrl };
    return callRepeatably(stripeCalls, async (timeout) => {
      const url = asUrl(at(await this.stripe.billingPortal.sessions.create(params, { timeout }), 'url'));
      if (url === null) throw new ProviderUnavailableError('stripe');
      return { url };
    });
  }

  private async read(subscriptionId: string, timeout: number): Promise<ProviderSubscription | null> {
    try {
      const answer = await this.stripe.subscriptions.retrieve(
        subscriptionId,
        { expand: EXPANDED },
        { timeout },
      );
      const subscription = toStripeSubscription(answer);
      if (subscription?.id === subscriptionId) return subscription;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
    // An error page of a proxy passes the SDK as an object: nothing is known then.
    throw new ProviderUnavailableError('stripe');
  }
}
