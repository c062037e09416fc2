import type { models } from '@polar-sh/sdk/2026-10';
import type { Sellable } from '../options.js';
import { uuid } from '../state/ids.js';

/** The one organization this stand-in has. */
export const ORGANIZATION_ID = '5a0d8a3e-0000-4000-8000-000000000001';

/** The prices this stand-in makes: a fixed amount, or an amount per seat. */
export type PolarPrice = models.ProductPriceFixed | models.ProductPriceSeatBased;

/** Polar's product for one catalog entry, created at the ISO instant. */
export function productFor(sellable: Sellable, at: string): models.Product {
  const trial = sellable.trialDays ?? 0;
  return {
    id: sellable.polarProductId,
    created_at: at,
    modified_at: null,
    trial_interval: trial > 0 ? 'day' : null,
    trial_interval_count: trial > 0 ? trial : null,
    name: sellable.name,
    description: sellable.description ?? null,
    visibility: 'public',
    recurring_interval: sellable.interval,
    recurring_interval_count: 1,
    meter_interval: null,
    meter_interval_count: null,
    is_recurring: true,
    is_archived: false,
    organization_id: ORGANIZATION_ID,
    metadata: { ...sellable.metadata },
    is_deletable: false,
    prices: [priceFor(sellable.polarProductId, sellable, at)],
    benefits: [],
    medias: [],
    attached_custom_fields: [],
  };
}

/** A new price; the amount is in minor units, per seat when sold by seat. */
export function priceFor(
  productId: string,
  terms: { amount: number; currency: string; perSeat: boolean },
  at: string,
): PolarPrice {
  const common = {
    created_at: at,
    modified_at: null,
    id: uuid(),
    source: 'catalog' as const,
    price_currency: terms.currency,
    tax_behavior: null,
    is_archived: false,
    product_id: productId,
  };
  if (!terms.perSeat) return { ...common, amount_type: 'fixed', price_amount: terms.amount };
  return {
    ...common,
    amount_type: 'seat_based',
    seat_tiers: {
      seat_tier_type: 'volume',
      tiers: [{ min_seats: 1, max_seats: null, price_per_seat: terms.amount }],
      minimum_seats: 1,
      maximum_seats: 1000,
    },
  };
}
