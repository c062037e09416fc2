import type { BillingInterval } from './provider-name.js';
import type { Money } from './provider-subscription.js';

/** One price on sale at the provider, in our words. */
export interface ProviderPrice {
  /** What a checkout and a change of plan name: a Polar product id, a Stripe price id. */
  readonly priceRef: string;
  readonly productId: string;
  readonly productName: string;
  /** Slug of the price where the provider has one. */
  readonly lookupKey: string | null;
  /** Merchant-set metadata of price and product (price wins). */
  readonly metadata: Readonly<Record<string, string>>;
  /** Per seat when `perSeat`. */
  readonly money: Money;
  readonly interval: BillingInterval;
  /** Null where the provider does not tell. */
  readonly perSeat: boolean | null;
  /** The product's tax code; null where the provider has none, or none is set. */
  readonly taxCode: string | null;
}

/** A product with one price as the catalog wants it at the provider. */
export interface CatalogForm {
  /** Our plan; stands at the provider as `internal_plan_id = plan_<plan>`. */
  readonly plan: string;
  readonly name: string;
  readonly description: string;
  /** Stands at the provider as `billing_period = monthly | yearly`. */
  readonly interval: BillingInterval;
  /** Per seat when `perSeat`. */
  readonly money: Money;
  readonly perSeat: boolean;
  /** Most seats that can be bought; null for no bound of ours. */
  readonly mostSeats: number | null;
  /** Code of a digital product (Managed Payments sell no other). */
  readonly taxCode: string | null;
}

/** A price that goes on being sold beside the one that was pushed. */
export type StandingPrice = Pick<ProviderPrice, 'priceRef' | 'money'>;

/** What a push did about one form. */
export interface PushedPrice {
  readonly plan: string;
  readonly interval: BillingInterval;
  readonly productId: string;
  readonly priceRef: string;
  /** `created`: a new price, whatever stands beside it; `updated`: words or marks only, never what it costs. */
  readonly outcome: 'created' | 'updated' | 'unchanged';
  /** Other prices of the same plan and interval: a shop may be selling them, so they are left alone. */
  readonly stays: readonly StandingPrice[];
}
