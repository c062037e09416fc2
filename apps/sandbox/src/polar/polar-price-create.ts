import type { models } from '@polar-sh/sdk/2026-10';
import { uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { invalid } from './polar-errors.js';
import type { PriceCreateInput } from './polar-product-schemas.js';

/** A new price of a product. @throws PolarApiError 422 on an unknown meter or tiers with holes; `place` names it there. */
export function createPrice(
  world: World,
  productId: string,
  input: PriceCreateInput,
  place: (string | number)[],
): models.ProductPrice {
  const common = {
    created_at: world.clock.iso(),
    modified_at: null,
    id: uuid(),
    source: 'catalog' as const,
    price_currency: input.price_currency,
    tax_behavior: input.tax_behavior ?? null,
    is_archived: false,
    product_id: productId,
  };
  switch (input.amount_type) {
    case 'fixed':
      return { ...common, amount_type: 'fixed', price_amount: input.price_amount };
    case 'custom':
      return {
        ...common,
        amount_type: 'custom',
        minimum_amount: input.minimum_amount,
        maximum_amount: input.maximum_amount ?? null,
        preset_amount: input.preset_amount ?? null,
      };
    case 'seat_based':
      return { ...common, amount_type: 'seat_based', seat_tiers: seatTiers(input.seat_tiers, place) };
    case 'metered_unit': {
      const meter = lookup(world.state.polar.meters, input.meter_id);
      if (meter === undefined) throw invalid([...place, 'meter_id'], 'Meter does not exist.', input.meter_id);
      return {
        ...common,
        amount_type: 'metered_unit',
        cap_amount: input.cap_amount ?? null,
        meter_id: meter.id,
        meter: {
          id: meter.id,
          name: meter.name,
          unit: meter.unit,
          custom_label: meter.custom_label ?? null,
          custom_multiplier: meter.custom_multiplier ?? null,
        },
        unit_amount: String(input.unit_amount),
      };
    }
  }
}

function seatTiers(
  input: Extract<PriceCreateInput, { amount_type: 'seat_based' }>['seat_tiers'],
  place: (string | number)[],
): models.ProductPriceSeatTiersOutput {
  const tiers = input.tiers
    .map((tier) => ({ ...tier, max_seats: tier.max_seats ?? null }))
    .toSorted((left, right) => left.min_seats - right.min_seats);
  tiers.forEach((tier, index) => {
    const next = tiers[index + 1];
    if (next !== undefined && tier.max_seats !== next.min_seats - 1)
      throw invalid([...place, 'seat_tiers', 'tiers', index], 'Tiers must follow one another without gaps.');
  });
  return {
    seat_tier_type: input.seat_tier_type,
    tiers,
    minimum_seats: tiers[0]?.min_seats ?? 1,
    maximum_seats: tiers.at(-1)?.max_seats ?? null,
  };
}
