import type { MappedPrice } from './plan-detection/price-map.store.js';
import type { PaymentProvider, ProviderName } from './providers/payment-provider.js';
import type { Proration } from './providers/provider-changes.js';

/** Options of the billing module. */
export interface BillingOptions {
  /** Origin of the host application without a trailing slash; return URLs are built on it. */
  readonly appUrl: string;
  /** The configured providers; webhooks of all of them are accepted. */
  readonly providers: readonly PaymentProvider[];
  /**
   * Headers that carry a signature of any provider that could be configured, in lower case: one of a provider that is
   * not, or two at once, are refused for what they are.
   */
  readonly signatureHeaders?: readonly string[];
  /** The provider of new checkouts; null when plans are only given by staff. */
  readonly selling: ProviderName | null;
  /** Prices named by the environment; they seed the price map, and the database wins afterwards. */
  readonly prices: readonly MappedPrice[];
  /** The one currency of the pricing page: ISO 4217, lower case. */
  readonly currency: string;
  /** Days of the one trial that an owner gets with the first checkout; null for none. */
  readonly trialDays: number | null;
  /** How an upgrade is charged, where the provider can do that. */
  readonly proration: Proration;
  /** After so many hours without a webhook, while something is sold, staff are told; null for never. */
  readonly silenceHours: number | null;
  /** Origins that people may be sent back to after a checkout. */
  readonly returnOrigins: readonly string[];
}

/** Injection token of {@link BillingOptions}. */
export const BILLING_OPTIONS = Symbol('tollgate:billing-options');
