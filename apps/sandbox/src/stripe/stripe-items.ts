import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { planOf } from './stripe-catalog.js';
import { badRequest, missing } from './stripe-errors.js';
import type { ItemChange } from './stripe-schemas.js';
import type { StripeSubscriptionRecord, WireItem, WirePrice } from './stripe-state.js';
import { newItem, periodEndAt } from './stripe-subscription-create.js';

/** Whether a change begins a new billing cycle. */
export type NewCycle = 'now' | 'unchanged';

/** The items as they would be after the changes. @throws StripeApiError 400 and 404; nothing is changed. */
export function plannedItems(
  world: World,
  record: StripeSubscriptionRecord,
  changes: readonly ItemChange[],
): WireItem[] {
  const items = structuredClone(record.subscription.items.data);
  changes.forEach((change, index) => planOne(world, record, items, change, index));
  if (items.length === 0) throw badRequest('A subscription must have at least one active plan.');
  return items;
}

function planOne(
  world: World,
  record: StripeSubscriptionRecord,
  items: WireItem[],
  change: ItemChange,
  index: number,
): void {
  const param = `items[${index}][price]`;
  const price = change.price === undefined ? undefined : activePrice(world, record, change.price, param);
  // Without an item id Stripe adds a second item: the trap of every first integration.
  const item = change.id === undefined ? undefined : items.find((one) => one.id === change.id);
  if (change.id !== undefined && item === undefined) throw missing('subscription item', change.id, 'items');
  if (item === undefined) {
    if (price === undefined)
      throw badRequest(`Missing required param: ${param}.`, param, 'parameter_missing');
    return addItem(world, record, items, price, change.quantity ?? 1);
  }
  if (change.deleted === 'true') items.splice(items.indexOf(item), 1);
  if (price !== undefined) Object.assign(item, { price, plan: planOf(price) });
  if (change.quantity !== undefined) item.quantity = change.quantity;
}

// One price is on a subscription once; an item at the same interval ends with the others.
function addItem(
  world: World,
  record: StripeSubscriptionRecord,
  items: WireItem[],
  price: WirePrice,
  quantity: number,
): void {
  const { id, trial_end: trialEnd } = record.subscription;
  if (items.some((one) => one.price.id === price.id)) {
    throw badRequest(
      `Price \`${price.id}\` is already on the subscription. Pass the subscription item ID to update it.`,
      'items',
    );
  }
  const running = trialEnd !== null && trialEnd > world.clock.seconds() ? trialEnd : null;
  const item = newItem(id, price, quantity, world.clock.seconds(), running);
  const twin = items.find((one) => one.price.recurring?.interval === price.recurring?.interval);
  if (twin !== undefined) {
    item.current_period_start = twin.current_period_start;
    item.current_period_end = twin.current_period_end;
  }
  items.push(item);
}

function activePrice(world: World, record: StripeSubscriptionRecord, id: string, param: string): WirePrice {
  const price = lookup(world.state.stripe.prices, id);
  if (price === undefined) throw missing('price', id, param);
  if (!price.active)
    throw badRequest('The price specified is inactive. This field only accepts active prices.', param);
  if (price.currency !== record.subscription.currency) {
    throw badRequest('All prices on a subscription must have the same currency.', param);
  }
  const product = lookup(world.state.stripe.products, price.product);
  if (record.subscription.managed_payments?.enabled === true && !product?.tax_code) {
    throw badRequest(`Managed Payments: the product tax code is missing on ${price.product}.`, param);
  }
  return structuredClone(price);
}

/** Another interval of the plan begins a new cycle by itself. */
export function changesInterval(before: readonly WireItem[], after: readonly WireItem[]): boolean {
  const of = (items: readonly WireItem[]): string =>
    `${items[0]?.price.recurring?.interval}/${items[0]?.price.recurring?.interval_count}`;
  return of(before) !== of(after);
}

/** Items whose whole first period begins now: what a new cycle bills. */
export function restarted(items: readonly WireItem[], now: number): WireItem[] {
  return items.map((item) => {
    const { interval = 'month', interval_count: every = 1 } = item.price.recurring ?? {};
    const end = periodEndAt(now, interval, every);
    return { ...item, current_period_start: now, current_period_end: end };
  });
}

/** Puts items into force, with a new cycle from now when asked. */
export function installItems(
  world: World,
  record: StripeSubscriptionRecord,
  items: WireItem[],
  cycle: NewCycle,
): void {
  const { subscription } = record;
  if (cycle === 'unchanged') {
    subscription.items.data = items;
    return;
  }
  const now = world.clock.seconds();
  record.anchor = now;
  record.cycle = 1;
  subscription.billing_cycle_anchor = now;
  subscription.items.data = restarted(items, now);
}
