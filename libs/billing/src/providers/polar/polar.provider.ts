import { createPolar, type Polar } from '@polar-sh/sdk/2026-10';
import {
  PaymentProvider,
  type HostedCheckout,
  type NewCheckout,
  type NewCustomer,
  type VerifiedEvent,
  type WebhookHeaders,
} from '../payment-provider.js';
import { callOnce, callRepeatably } from '../provider-call.js';
import { requireBaseUrl, requireSecret, requireWebhookSecrets } from '../provider-options.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderUnavailableError } from '../provider.errors.js';
import { asInstant, asProviderId, asUrl, at } from '../tolerant-reader.js';
import { ensurePolarCustomer } from './polar-customers.js';
import { polarCalls, polarStatus, within } from './polar-errors.mapper.js';
import { toPolarSubscription } from './polar-subscription.mapper.js';
import { verifyPolarWebhook } from './polar-webhook.js';

const SIGNATURE_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** Polar's answers to an id that it does not know, and to one that is no UUID. */
const NO_SUCH_ID: readonly (number | null)[] = [404, 422];

/** What the Polar adapter needs; `baseUrl` (without `/v1`) points it at a stand-in. */
export interface PolarProviderOptions {
  readonly accessToken: string;
  /** All secrets that are good now: during a rotation the old and the new one. */
  readonly webhookSecrets: readonly string[];
  readonly baseUrl?: string;
}

/** Polar (API version 2026-10) through its SDK. A price reference is a Polar product id. */
export class PolarProvider extends PaymentProvider {
  readonly name = 'polar';
  private readonly polar: Polar;
  private readonly secrets: readonly string[];

  /** @throws ProviderMisconfiguredError the token or a secret is empty, or the base URL is not one */
  constructor(options: PolarProviderOptions) {
    super();
    const baseUrl = options.baseUrl === undefined ? undefined : requireBaseUrl('polar', options.baseUrl);
    this.secrets = requireWebhookSecrets('polar', options.webhookSecrets);
    this.polar = createPolar({
      accessToken: requireSecret('polar', 'the access token', options.accessToken),
      ...(baseUrl === undefined ? {} : { baseUrl: baseUrl.href.replace(/\/+$/, '') }),
    });
  }

  claims(headers: WebhookHeaders): boolean {
    return SIGNATURE_HEADERS.some((name) => headers[name] !== undefined);
  }

  async verify(rawBody: Buffer, headers: WebhookHeaders): Promise<VerifiedEvent> {
    return verifyPolarWebhook(rawBody, headers, this.secrets);
  }

  async fetchSubscription(subscriptionId: string): Promise<ProviderSubscription | null> {
    if (asProviderId(subscriptionId) === null) return null;
    return callRepeatably(polarCalls, (milliseconds) => this.read(subscriptionId, milliseconds));
  }

  async ensureCustomer(customer: NewCustomer): Promise<{ customerId: string }> {
    return { customerId: await ensurePolarCustomer(this.polar, customer) };
  }

  async createCheckout(checkout: NewCheckout): Promise<HostedCheckout> {
    const body = {
      products: [checkout.priceRef],
      customer_id: checkout.customerId,
      ...(checkout.seats === null ? {} : { seats: checkout.seats }),
      metadata: { owner_id: checkout.ownerId, checkout_id: checkout.checkoutId, plan: checkout.plan },
      success_url: checkout.successUrl,
      return_url: checkout.cancelUrl,
    };
    const answer = await callOnce(polarCalls, (milliseconds) =>
      this.polar.checkouts.create(body, within(milliseconds)),
    );
    const id = asProviderId(at(answer, 'id'));
    const url = asUrl(at(answer, 'url'));
    const expiresAt = asInstant(at(answer, 'expires_at'));
    if (id === null || url === null || expiresAt === null) throw new ProviderUnavailableError('polar');
    return { id, url, expiresAt };
  }

  /** Polar has no call that closes a checkout: it expires by itself. */
  async closeCheckout(): Promise<boolean> {
    return false;
  }

  async createPortalSession(input: { customerId: string; returnUrl: string }): Promise<{ url: string }> {
    const body = { customer_id: input.customerId, return_url: input.returnUrl };
    const answer = await callOnce(polarCalls, (milliseconds) =>
      this.polar.customerSessions.create(body, within(milliseconds)),
    );
    const url = asUrl(at(answer, 'customer_portal_url'));
    if (url === null) throw new ProviderUnavailableError('polar');
    return { url };
  }

  private async read(subscriptionId: string, milliseconds: number): Promise<ProviderSubscription | null> {
    try {
      const answer = await this.polar.subscriptions.get(subscriptionId, within(milliseconds));
      const subscription = toPolarSubscription(answer);
      if (subscription?.id === subscriptionId) return subscription;
    } catch (error) {
      if (NO_SUCH_ID.includes(polarStatus(error))) return null;
      throw error;
    }
    throw new ProviderUnavailableError('polar');
  }
}
