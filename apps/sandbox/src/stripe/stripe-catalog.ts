import type Stripe from 'stripe';
import type { Sellable } from '../options.js';
import type { WirePlan, WirePrice } from './stripe-state.js';

/** Stripe's code for software as a service, business use. */
export const DEFAULT_TAX_CODE = 'txcd_10103101';

/** Stripe's product for a catalog entry; two intervals of one plan may share it. */
export function stripeProductFor(sellable: Sellable, seconds: number): Stripe.Product {
  return {
    id: sellable.stripeProductId,
    object: 'product',
    active: true,
    created: seconds,
    default_price: sellable.stripePriceId,
    description: sellable.description ?? null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: asMetadata(sellable.metadata),
    name: sellable.name,
    package_dimensions: null,
    shippable: null,
    tax_code: sellable.taxCode === undefined ? DEFAULT_TAX_CODE : sellable.taxCode,
    tax_details: null,
    type: 'service',
    unit_label: sellable.perSeat ? 'seat' : null,
    updated: seconds,
    url: null,
  };
}

/** Stripe's price for a catalog entry; its lookup key is the catalog key. */
export function stripePriceFor(sellable: Sellable, seconds: number): WirePrice {
  return {
    id: sellable.stripePriceId,
    object: 'price',
    active: true,
    billing_scheme: 'per_unit',
    created: seconds,
    currency: sellable.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: sellable.key,
    metadata: asMetadata(sellable.metadata),
    nickname: null,
    product: sellable.stripeProductId,
    recurring: {
      interval: sellable.interval,
      interval_count: 1,
      meter: null,
      trial_period_days: null,
      usage_type: 'licensed',
    },
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'recurring',
    unit_amount: sellable.amount,
    unit_amount_decimal: String(sellable.amount),
  };
}

/** The legacy shape of a price that items still show. */
export function planOf(price: WirePrice): WirePlan {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval: price.recurring?.interval ?? 'month',
    interval_count: price.recurring?.interval_count ?? 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}

/** Stripe keeps metadata as text. */
export function asMetadata(values: Record<string, string | number | boolean>): Stripe.Metadata {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}
