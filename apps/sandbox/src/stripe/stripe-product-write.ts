import type Stripe from 'stripe';
import type { z } from 'zod';
import { prefixed } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import type { productCreateSchema, productUpdateSchema } from './stripe-catalog-schemas.js';
import { mergeMetadata } from './stripe-customers.js';
import { badRequest, missing, StripeApiError } from './stripe-errors.js';
import { emitStripe } from './stripe-events.js';

/** @throws StripeApiError 404. */
export function stripeProduct(world: World, id: string, param?: string): Stripe.Product {
  const product = lookup(world.state.stripe.products, id);
  if (product === undefined) throw missing('product', id, param);
  return product;
}

/** Puts a product on sale. @throws StripeApiError 400 on an id that is taken or a tax code that is none. */
export function createStripeProduct(
  world: World,
  params: z.infer<typeof productCreateSchema>,
): Stripe.Product {
  const id = params.id ?? prefixed('prod');
  if (lookup(world.state.stripe.products, id) !== undefined) {
    throw new StripeApiError(400, {
      type: 'invalid_request_error',
      code: 'resource_already_exists',
      message: 'Product already exists.',
      param: 'id',
    });
  }
  requireTaxCode(params.tax_code);
  const now = world.clock.seconds();
  const product: Stripe.Product = {
    id,
    object: 'product',
    active: params.active !== 'false',
    created: now,
    default_price: null,
    description: params.description ?? null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata({}, params.metadata),
    name: params.name,
    package_dimensions: null,
    shippable: null,
    tax_code: params.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: params.unit_label || null,
    updated: now,
    url: params.url ?? null,
  };
  world.state.stripe.products[id] = product;
  emitStripe(world, 'product.created', product);
  return product;
}

/** Sets what is given; an empty string unsets. @throws StripeApiError 400 and 404. */
export function updateStripeProduct(
  world: World,
  product: Stripe.Product,
  params: z.infer<typeof productUpdateSchema>,
): Stripe.Product {
  requireTaxCode(params.tax_code);
  const { default_price: price } = params;
  if (price !== undefined && lookup(world.state.stripe.prices, price)?.product !== product.id)
    throw missing('price', price, 'default_price');
  const before = structuredClone(product);
  if (params.name !== undefined) product.name = params.name;
  if (params.active !== undefined) product.active = params.active === 'true';
  if (params.description !== undefined) product.description = params.description || null;
  if (params.tax_code !== undefined) product.tax_code = params.tax_code || null;
  if (params.unit_label !== undefined) product.unit_label = params.unit_label || null;
  if (params.url !== undefined) product.url = params.url || null;
  if (price !== undefined) product.default_price = price;
  product.metadata = mergeMetadata(product.metadata, params.metadata);
  if (JSON.stringify(before) === JSON.stringify(product)) return product;
  product.updated = world.clock.seconds();
  emitStripe(world, 'product.updated', product);
  return product;
}

function requireTaxCode(code: string | undefined): void {
  if (code === undefined || code === '' || /^txcd_\d{8}$/.test(code)) return;
  throw badRequest(`No such tax code: '${code}'`, 'tax_code', 'resource_missing');
}
