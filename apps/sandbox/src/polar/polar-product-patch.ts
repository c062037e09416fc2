import type { ProductPatch } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { currencyOf, isSeatBased } from './polar-amounts.js';
import { priceFor } from './polar-catalog.js';
import { emitPolar } from './polar-events.js';

/** Changes a product found by catalog key or id; a new price replaces the old for later buyers only. */
export function patchPolarProduct(world: World, id: string, patch: ProductPatch): boolean {
  const sellable = world.options.catalog.find((one) => one.key === id);
  const { products } = world.state.polar;
  const productId = sellable?.polarProductId ?? id;
  const product = lookup(products, productId);
  if (product === undefined) return false;
  const at = world.clock.iso();
  if (patch.metadata !== undefined) product.metadata = { ...patch.metadata };
  if (patch.archived !== undefined) product.is_archived = patch.archived;
  if (patch.price !== undefined) {
    const terms = { amount: patch.price, currency: currencyOf(product), perSeat: isSeatBased(product) };
    product.prices = [priceFor(product.id, terms, at)];
  }
  product.modified_at = at;
  emitPolar(world, 'product.updated', product);
  return true;
}
