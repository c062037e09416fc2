import type { models } from '@polar-sh/sdk/2026-10';

type AnyPrice = models.Product['prices'][number];

/** Prices of a product that are for sale in a currency; metered ones too. */
export function pricesIn(product: Pick<models.Product, 'prices'>, currency: string): AnyPrice[] {
  return product.prices.filter((price) => !price.is_archived && price.price_currency === currency);
}

/** Minor units for one period: every fixed part and every seat. What is metered is billed by use, not here. */
export function amountOf(prices: readonly AnyPrice[], seats: number | null): number {
  return prices.reduce((sum, price) => sum + amountOfPrice(price, seats ?? 1), 0);
}

function amountOfPrice(price: AnyPrice, seats: number): number {
  switch (price.amount_type) {
    case 'fixed':
      return price.price_amount;
    case 'seat_based':
      return amountOfSeats(price.seat_tiers, seats);
    case 'custom':
      return price.preset_amount ?? price.minimum_amount;
    default:
      return 0;
  }
}

/**
 * Volume: the tier that holds the whole number prices every seat. Graduated: each tier prices the seats inside it.
 */
export function amountOfSeats(tiers: models.ProductPriceSeatTiersOutput, seats: number): number {
  const ordered = tiers.tiers.toSorted((left, right) => left.min_seats - right.min_seats);
  if (tiers.seat_tier_type === 'graduated') {
    return ordered.reduce((sum, tier) => sum + seatsInside(tier, seats) * tier.price_per_seat, 0);
  }
  const tier = ordered.findLast((one) => one.min_seats <= seats) ?? ordered[0];
  return (tier?.price_per_seat ?? 0) * seats;
}

function seatsInside(tier: models.ProductPriceSeatTier, seats: number): number {
  return Math.max(0, Math.min(seats, tier.max_seats ?? Infinity) - tier.min_seats + 1);
}

/** The price by seat among others, if there is one. */
export function seatPriceOf(prices: readonly AnyPrice[]): models.ProductPriceSeatBased | undefined {
  return prices.find((price) => price.amount_type === 'seat_based');
}

/** Currency that a product is sold in when the buyer names none. */
export function currencyOf(product: models.Product): string {
  return product.prices.find((price) => !price.is_archived)?.price_currency ?? 'usd';
}

/** True when the product is sold by seat. */
export function isSeatBased(product: models.Product): boolean {
  return seatPriceOf(product.prices.filter((price) => !price.is_archived)) !== undefined;
}
