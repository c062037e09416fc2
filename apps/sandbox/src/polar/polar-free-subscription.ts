import type { z } from 'zod';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { amountOf } from './polar-amounts.js';
import { findExternal } from './polar-customers.js';
import { invalid } from './polar-errors.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import type { subscriptionCreateSchema } from './polar-subscription-schemas.js';
import { beginSubscription } from './polar-subscriptions.js';

/** Subscribes directly, which Polar does for free products only. @throws PolarApiError 422. */
export function createFreeSubscription(
  world: World,
  input: z.infer<typeof subscriptionCreateSchema>,
): PolarSubscriptionRecord {
  const product = lookup(world.state.polar.products, input.product_id);
  if (product === undefined || product.is_archived || !product.is_recurring)
    throw invalid(['body', 'product_id'], 'Product does not exist.', input.product_id);
  if (amountOf(product.prices, null) > 0)
    throw invalid(['body', 'product_id'], 'Product is not free.', input.product_id);
  const field = input.external_customer_id === undefined ? 'customer_id' : 'external_customer_id';
  const customer =
    input.external_customer_id === undefined
      ? lookup(world.state.polar.customers, input.customer_id)
      : findExternal(world, input.external_customer_id);
  if (customer === undefined || customer.deleted_at !== null)
    throw invalid(['body', field], 'Customer does not exist.', input[field]);
  return beginSubscription(world, {
    customer,
    product,
    seats: null,
    trialEnd: null,
    checkoutId: null,
    metadata: { ...input.metadata },
  });
}
