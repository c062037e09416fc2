import type { models } from '@polar-sh/sdk/2026-10';
import type { z } from 'zod';
import { uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { ORGANIZATION_ID } from './polar-catalog.js';
import { invalid, notFound } from './polar-errors.js';
import { emitPolar } from './polar-events.js';
import { createPrice } from './polar-price-create.js';
import type { productCreateSchema, productUpdateSchema } from './polar-product-schemas.js';

/** By id. @throws PolarApiError 404. */
export function productById(world: World, id: string): models.Product {
  const product = lookup(world.state.polar.products, id);
  if (product === undefined) throw notFound();
  return product;
}

/** Puts a product on sale. @throws PolarApiError 422 as Polar refuses. */
export function createProduct(world: World, input: z.infer<typeof productCreateSchema>): models.Product {
  const id = uuid();
  const recurring = input.recurring_interval ?? null;
  const product: models.Product = {
    id,
    created_at: world.clock.iso(),
    modified_at: null,
    trial_interval: input.trial_interval ?? null,
    trial_interval_count: input.trial_interval_count ?? null,
    name: input.name,
    description: input.description ?? null,
    visibility: input.visibility,
    recurring_interval: recurring,
    recurring_interval_count: recurring === null ? null : input.recurring_interval_count,
    meter_interval: null,
    meter_interval_count: null,
    is_recurring: recurring !== null,
    is_archived: false,
    organization_id: ORGANIZATION_ID,
    metadata: { ...input.metadata },
    is_deletable: false,
    prices: input.prices.map((price, index) => createPrice(world, id, price, ['body', 'prices', index])),
    benefits: [],
    medias: [],
    attached_custom_fields: [],
  };
  requireOneShapePerCurrency(product.prices);
  world.state.polar.products[id] = product;
  emitPolar(world, 'product.created', product);
  return product;
}

/** Sets what is given; running subscriptions keep their own copy of the price. @throws PolarApiError 422. */
export function updateProduct(
  world: World,
  product: models.Product,
  input: z.infer<typeof productUpdateSchema>,
): models.Product {
  const prices = input.prices?.map((price, index) => keptOrNew(world, product, price, index));
  if (prices !== undefined) requireOneShapePerCurrency(prices);
  if (input.recurring_interval && input.recurring_interval !== product.recurring_interval)
    throw invalid(['body', 'recurring_interval'], 'The recurring interval cannot be changed.');
  if (prices !== undefined) product.prices = prices;
  if (input.name) product.name = input.name;
  if (input.description !== undefined) product.description = input.description;
  if (input.visibility) product.visibility = input.visibility;
  if (typeof input.is_archived === 'boolean') product.is_archived = input.is_archived;
  if (input.metadata !== undefined) product.metadata = { ...input.metadata };
  if (input.trial_interval !== undefined) product.trial_interval = input.trial_interval;
  if (input.trial_interval_count !== undefined) product.trial_interval_count = input.trial_interval_count;
  product.modified_at = world.clock.iso();
  emitPolar(world, 'product.updated', product);
  return product;
}

type PriceUpdate = NonNullable<z.infer<typeof productUpdateSchema>['prices']>[number];

function keptOrNew(
  world: World,
  product: models.Product,
  price: PriceUpdate,
  index: number,
): models.Product['prices'][number] {
  if (!('id' in price)) return createPrice(world, product.id, price, ['body', 'prices', index]);
  const kept = product.prices.find((one) => one.id === price.id);
  if (kept === undefined) throw invalid(['body', 'prices', index, 'id'], 'Price does not exist.', price.id);
  return kept;
}

// A product has one static price in each currency; metered ones may stand beside it.
function requireOneShapePerCurrency(prices: readonly models.Product['prices'][number][]): void {
  const seen = new Set<string>();
  prices.forEach((price, index) => {
    if (price.amount_type.startsWith('metered')) return;
    if (seen.has(price.price_currency))
      throw invalid(['body', 'prices', index], 'Only one static price is allowed per currency.');
    seen.add(price.price_currency);
  });
}
