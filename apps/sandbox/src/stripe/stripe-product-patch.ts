import type { ProductPatch } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { asMetadata } from './stripe-catalog.js';
import { emitStripe } from './stripe-events.js';
import type { WirePrice } from './stripe-state.js';

/**
 * Changes a price (by catalog key or price id) with its product, or a product with all its prices.
 * Subscriptions carry their own copy of the price, so running ones keep what they pay.
 */
export function patchStripeProduct(world: World, id: string, patch: ProductPatch): boolean {
  const { prices, products } = world.state.stripe;
  const sellable = world.options.catalog.find((one) => one.key === id);
  const price = lookup(prices, sellable?.stripePriceId ?? id);
  const product = lookup(products, price?.product ?? id);
  if (product === undefined) return false;
  const touched =
    price === undefined ? Object.values(prices).filter((one) => one.product === product.id) : [price];
  for (const one of touched) patchPrice(world, one, patch);
  if (patch.metadata !== undefined && price === undefined) product.metadata = asMetadata(patch.metadata);
  if (patch.archived !== undefined && price === undefined) product.active = !patch.archived;
  product.updated = world.clock.seconds();
  emitStripe(world, 'product.updated', product);
  return true;
}

function patchPrice(world: World, price: WirePrice, patch: ProductPatch): void {
  if (patch.metadata !== undefined) price.metadata = asMetadata(patch.metadata);
  if (patch.archived !== undefined) price.active = !patch.archived;
  if (patch.price !== undefined) {
    price.unit_amount = patch.price;
    price.unit_amount_decimal = String(patch.price);
  }
  emitStripe(world, 'price.updated', price);
}
