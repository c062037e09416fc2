import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { planOf } from './stripe-catalog.js';
import { mergeMetadata } from './stripe-customers.js';
import { badRequest, cardDeclined, missing } from './stripe-errors.js';
import type { SubscriptionUpdateParams } from './stripe-schemas.js';
import type { StripeSubscriptionRecord, WireItem, WirePrice } from './stripe-state.js';
import { newItem, periodEndAt } from './stripe-subscription-create.js';
import { cancellation, clearCancel, periodEnd, update } from './stripe-subscriptions.js';

/** Applies an update. @throws StripeApiError 400, 402 and 404; nothing is changed then. */
export function updateStripeSubscription(
  world: World,
  record: StripeSubscriptionRecord,
  params: SubscriptionUpdateParams,
): void {
  const { subscription } = record;
  const harmless = ['metadata', 'cancellation_details', 'expand'];
  if (subscription.ended_at !== null && Object.keys(params).some((key) => !harmless.includes(key))) {
    throw badRequest('A canceled subscription can only update its cancellation_details and metadata.');
  }
  if (params.cancel_at !== undefined && params.cancel_at_period_end !== undefined) {
    throw badRequest('You may only specify one of these parameters: cancel_at, cancel_at_period_end.');
  }
  const items = params.items === undefined ? undefined : plannedItems(world, record, params.items);
  if (items !== undefined) requireMoney(record, params);
  update(world, record, () => {
    subscription.metadata = mergeMetadata(subscription.metadata, params.metadata);
    if (params.description !== undefined) subscription.description = params.description || null;
    if (items !== undefined) applyItems(world, record, items);
    applyCancellation(world, record, params);
    applyTrialEnd(world, record, params.trial_end);
  });
}

function plannedItems(
  world: World,
  record: StripeSubscriptionRecord,
  changes: NonNullable<SubscriptionUpdateParams['items']>,
): WireItem[] {
  const { subscription } = record;
  const items = structuredClone(subscription.items.data);
  for (const change of changes) {
    const price = change.price === undefined ? undefined : activePrice(world, change.price);
    // Without an item id Stripe adds a second item: the trap of every first integration.
    const item = change.id === undefined ? undefined : items.find((one) => one.id === change.id);
    if (change.id !== undefined && item === undefined) throw missing('subscription item', change.id, 'items');
    if (item === undefined) {
      if (price === undefined)
        throw badRequest('Missing required param: items[0][price].', 'items[0][price]', 'parameter_missing');
      items.push(
        newItem(subscription.id, price, change.quantity ?? 1, world.clock.seconds(), subscription.trial_end),
      );
      continue;
    }
    if (change.deleted === 'true') items.splice(items.indexOf(item), 1);
    if (price !== undefined) Object.assign(item, { price, plan: planOf(price) });
    if (change.quantity !== undefined) item.quantity = change.quantity;
  }
  if (items.length === 0) throw badRequest('A subscription must have at least one active plan.');
  return items;
}

function activePrice(world: World, id: string): WirePrice {
  const price = lookup(world.state.stripe.prices, id);
  if (price === undefined) throw missing('price', id, 'items[0][price]');
  if (!price.active)
    throw badRequest('The price specified is inactive. This field only accepts active prices.');
  return structuredClone(price);
}

// Only a change that charges at once can fail on the card.
function requireMoney(record: StripeSubscriptionRecord, params: SubscriptionUpdateParams): void {
  const charges =
    params.proration_behavior === 'always_invoice' || params.payment_behavior === 'error_if_incomplete';
  if (record.paymentFails && charges) throw cardDeclined();
}

function applyItems(world: World, record: StripeSubscriptionRecord, items: WireItem[]): void {
  const { subscription } = record;
  const before = subscription.items.data[0]?.price.recurring?.interval;
  const after = items[0]?.price.recurring?.interval;
  subscription.items.data = items;
  if (before === after || after === undefined || subscription.status === 'trialing') return;
  // Another interval begins a new period at once.
  const now = world.clock.seconds();
  record.anchor = now;
  record.cycle = 1;
  subscription.billing_cycle_anchor = now;
  for (const item of items) {
    item.current_period_start = now;
    item.current_period_end = periodEndAt(now, after, 1);
  }
}

function applyCancellation(
  world: World,
  record: StripeSubscriptionRecord,
  params: SubscriptionUpdateParams,
): void {
  const { subscription } = record;
  const { cancel_at: at, cancel_at_period_end: atPeriodEnd } = params;
  // A cancel set through `cancel_at` survives `cancel_at_period_end: false`; only an empty `cancel_at` lifts it.
  if (at === '' || (atPeriodEnd === 'false' && subscription.cancel_at_period_end)) clearCancel(subscription);
  const when = atPeriodEnd === 'true' || typeof at === 'string' ? periodEnd(subscription) : at;
  if (at !== '' && when !== undefined && (at !== undefined || atPeriodEnd === 'true')) {
    if (when <= world.clock.seconds()) throw badRequest('`cancel_at` must be in the future.', 'cancel_at');
    subscription.cancel_at = when;
    subscription.cancel_at_period_end = atPeriodEnd === 'true';
    subscription.canceled_at = world.clock.seconds();
    subscription.cancellation_details = cancellation('cancellation_requested');
  }
  const { comment } = params.cancellation_details ?? {};
  if (comment !== undefined) {
    subscription.cancellation_details = {
      ...(subscription.cancellation_details ?? cancellation(null)),
      comment,
    };
  }
}

function applyTrialEnd(
  world: World,
  record: StripeSubscriptionRecord,
  trialEnd: 'now' | number | undefined,
): void {
  if (trialEnd === undefined || record.subscription.status !== 'trialing') return;
  const end = trialEnd === 'now' ? world.clock.seconds() : trialEnd;
  record.subscription.trial_end = end;
  record.anchor = end;
  for (const item of record.subscription.items.data) item.current_period_end = end;
}
