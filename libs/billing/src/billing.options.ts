import type { MappedPrice } from './plan-detection/price-map.store.js';
import type { PaymentProvider, ProviderName } from './providers/payment-provider.js';

/** Options of the billing module. */
export interface BillingOptions {
  /** Origin of the host application without a trailing slash; return URLs are built on it. */
  readonly appUrl: string;
  /** The configured providers; webhooks of all of them are accepted. */
  readonly providers: readonly PaymentProvider[];
  /** The provider of new checkouts; null when plans are only given by staff. */
  readonly selling: ProviderName | null;
  /** Prices named by the environment; they seed the price map, and the database wins afterwards. */
  readonly prices: readonly MappedPrice[];
}

/** Injection token of {@link BillingOptions}. */
export const BILLING_OPTIONS = Symbol('tollgate:billing-options');
