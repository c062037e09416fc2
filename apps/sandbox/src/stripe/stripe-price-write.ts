import type { z } from 'zod';
import { prefixed } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import type { priceCreateSchema, priceUpdateSchema } from './stripe-catalog-schemas.js';
import { mergeMetadata } from './stripe-customers.js';
import { badRequest, missing } from './stripe-errors.js';
import { emitStripe } from './stripe-events.js';
import { stripeProduct } from './stripe-product-write.js';
import type { WirePrice } from './stripe-state.js';

/** @throws StripeApiError 404. */
export function stripePrice(world: World, id: string): WirePrice {
  const price = lookup(world.state.stripe.prices, id);
  if (price === undefined) throw missing('price', id, 'price');
  return price;
}

/** A new price. @throws StripeApiError 400 on a lookup key in use, an absent amount or a meter missing; 404. */
export function createStripePrice(world: World, params: z.infer<typeof priceCreateSchema>): WirePrice {
  const product = stripeProduct(world, params.product, 'product');
  const decimal = params.unit_amount_decimal ?? params.unit_amount?.toString();
  if (decimal === undefined)
    throw badRequest('Missing required param: unit_amount.', 'unit_amount', 'parameter_missing');
  requireMeter(world, params.recurring);
  takeLookupKey(world, params.lookup_key, params.transfer_lookup_key === 'true', null);
  const price: WirePrice = {
    id: prefixed('price'),
    object: 'price',
    active: params.active !== 'false',
    billing_scheme: 'per_unit',
    created: world.clock.seconds(),
    currency: params.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: params.lookup_key ?? null,
    metadata: mergeMetadata({}, params.metadata),
    nickname: params.nickname ?? null,
    product: product.id,
    recurring:
      params.recurring === undefined
        ? null
        : { ...params.recurring, meter: params.recurring.meter ?? null, trial_period_days: null },
    tax_behavior: params.tax_behavior,
    tiers_mode: null,
    transform_quantity: null,
    type: params.recurring === undefined ? 'one_time' : 'recurring',
    // A fraction of a minor unit has no whole amount.
    unit_amount: decimal.includes('.') ? null : Number(decimal),
    unit_amount_decimal: decimal,
  };
  world.state.stripe.prices[price.id] = price;
  product.default_price ??= price.id;
  emitStripe(world, 'price.created', price);
  return price;
}

/** Sets what may be set. @throws StripeApiError 400 on a lookup key in use. */
export function updateStripePrice(
  world: World,
  price: WirePrice,
  params: z.infer<typeof priceUpdateSchema>,
): WirePrice {
  takeLookupKey(world, params.lookup_key, params.transfer_lookup_key === 'true', price.id);
  const before = JSON.stringify(price);
  if (params.active !== undefined) price.active = params.active === 'true';
  if (params.nickname !== undefined) price.nickname = params.nickname || null;
  if (params.lookup_key !== undefined) price.lookup_key = params.lookup_key || null;
  if (params.tax_behavior !== undefined) price.tax_behavior = params.tax_behavior;
  price.metadata = mergeMetadata(price.metadata, params.metadata);
  if (before !== JSON.stringify(price)) emitStripe(world, 'price.updated', price);
  return price;
}

// A lookup key names one price; it moves only when the request says so.
function takeLookupKey(world: World, key: string | undefined, transfer: boolean, own: string | null): void {
  if (!key) return;
  const holder = Object.values(world.state.stripe.prices).find((one) => one.lookup_key === key);
  if (holder === undefined || holder.id === own) return;
  if (!transfer) {
    throw badRequest(`A price (\`${holder.id}\`) already uses that lookup key.`, 'lookup_key');
  }
  holder.lookup_key = null;
  emitStripe(world, 'price.updated', holder);
}

function requireMeter(world: World, recurring: z.infer<typeof priceCreateSchema>['recurring']): void {
  if (recurring?.usage_type !== 'metered') return;
  if (recurring.meter === undefined)
    throw badRequest('Metered prices require a meter.', 'recurring[meter]', 'parameter_missing');
  if (lookup(world.state.stripe.meters, recurring.meter) === undefined)
    throw missing('meter', recurring.meter, 'recurring[meter]');
}
