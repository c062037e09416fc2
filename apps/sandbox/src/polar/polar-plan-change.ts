import type { models } from '@polar-sh/sdk/2026-10';
import { addInterval } from '../clock/add-interval.js';
import { uuid } from '../state/ids.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { amountOf, currencyOf, isSeatBased } from './polar-catalog.js';
import { invalid, refused } from './polar-errors.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { alreadyCanceled, touch } from './polar-subscriptions.js';
import { ACTIVE_STATUSES } from './polar-view.js';

type Proration = models.SubscriptionProrationBehavior;

/** Polar's default when the organization never chose one. */
const DEFAULT_PRORATION: Proration = 'prorate';

/** Moves to another product. @throws PolarApiError 402, 403 or 422 as Polar refuses. */
export function changeProduct(
  world: World,
  record: PolarSubscriptionRecord,
  productId: string,
  proration: Proration = DEFAULT_PRORATION,
): void {
  requireChangeable(record);
  const product = lookup(world.state.polar.products, productId);
  if (product === undefined || product.is_archived || !product.is_recurring) {
    throw invalid(['body', 'product_id'], 'Product does not exist.', productId);
  }
  if (currencyOf(product) !== record.subscription.currency) {
    throw invalid(
      ['body', 'product_id'],
      "The new product's currency differs from the subscription's.",
      productId,
    );
  }
  const bySeat = record.subscription.seats !== null && record.subscription.seats !== undefined;
  if (bySeat && !isSeatBased(product)) {
    throw invalid(
      ['body', 'product_id'],
      'Cannot change from a seat-based to a non-seat-based product.',
      productId,
    );
  }
  if (proration === 'next_period') {
    if (!bySeat && isSeatBased(product)) {
      throw invalid(
        ['body', 'proration_behavior'],
        'A change to a seat-based product must be immediate.',
        proration,
      );
    }
    return postpone(world, record, { product_id: productId, seats: null });
  }
  requireMoney(record);
  record.subscription.pending_update = null;
  const { recurring_interval: before } = record.subscription;
  setProduct(record, product, record.subscription.seats ?? null);
  if (record.subscription.recurring_interval !== before) restartPeriod(record, world.clock.iso());
  touch(world, record, 'subscription.updated');
}

/** Sets the number of seats. The same number is no event, but drops a pending seat change. */
export function changeSeats(
  world: World,
  record: PolarSubscriptionRecord,
  seats: number,
  proration: Proration = DEFAULT_PRORATION,
): void {
  requireChangeable(record);
  const price = record.subscription.prices[0];
  if (price?.amount_type !== 'seat_based')
    throw invalid(['body', 'seats'], 'This subscription is not seat-based.', seats);
  const { minimum_seats: least, maximum_seats: most } = price.seat_tiers;
  if (seats < least || seats > (most ?? Infinity)) {
    throw invalid(['body', 'seats'], `Seats must be between ${least} and ${most ?? 'unlimited'}.`, seats);
  }
  const { pending_update: pending } = record.subscription;
  if (seats === record.subscription.seats) {
    if (pending !== null)
      record.subscription.pending_update = pending.product_id === null ? null : { ...pending, seats: null };
    return;
  }
  if (proration === 'next_period')
    return postpone(world, record, { product_id: pending?.product_id ?? null, seats });
  requireMoney(record);
  // An immediate seat change keeps a scheduled change of product.
  record.subscription.pending_update = pending?.product_id ? { ...pending, seats: null } : null;
  record.subscription.seats = seats;
  record.subscription.amount = amountOf(record.subscription.prices, seats);
  touch(world, record, 'subscription.updated');
}

/** Applies what was scheduled for the turn of the period. */
export function applyPending(world: World, record: PolarSubscriptionRecord): void {
  const { pending_update: pending } = record.subscription;
  if (pending === null) return;
  record.subscription.pending_update = null;
  const product = world.state.polar.products[pending.product_id ?? record.subscription.product_id];
  const seats = pending.seats ?? record.subscription.seats ?? null;
  const { recurring_interval: before } = record.subscription;
  if (pending.product_id !== null && product !== undefined) setProduct(record, product, seats);
  if (record.subscription.recurring_interval !== before) {
    record.anchor = record.subscription.current_period_end;
    record.cycle = 0;
  }
  record.subscription.seats = seats;
  record.subscription.amount = amountOf(record.subscription.prices, seats);
}

function setProduct(record: PolarSubscriptionRecord, product: models.Product, seats: number | null): void {
  record.subscription.product_id = product.id;
  record.subscription.prices = product.prices.filter((price) => !price.is_archived);
  record.subscription.seats = isSeatBased(product) ? (seats ?? 1) : null;
  record.subscription.amount = amountOf(product.prices, record.subscription.seats);
  record.subscription.recurring_interval =
    product.recurring_interval ?? record.subscription.recurring_interval;
}

/** A change between month and year begins a new period at once. */
function restartPeriod(record: PolarSubscriptionRecord, now: string): void {
  const { subscription } = record;
  record.anchor = now;
  record.cycle = 1;
  subscription.current_period_start = now;
  subscription.current_period_end = addInterval(
    new Date(now),
    subscription.recurring_interval,
    1,
  ).toISOString();
}

function postpone(
  world: World,
  record: PolarSubscriptionRecord,
  change: { product_id: string | null; seats: number | null },
): void {
  record.subscription.pending_update = {
    created_at: world.clock.iso(),
    modified_at: null,
    id: uuid(),
    applies_at: record.subscription.current_period_end,
    units: null,
    ...change,
  };
  touch(world, record, 'subscription.updated');
}

function requireChangeable(record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  if (subscription.ended_at !== null || subscription.cancel_at_period_end) throw alreadyCanceled();
  if (!ACTIVE_STATUSES.includes(subscription.status)) {
    throw refused(403, { error: 'InactiveSubscription', detail: 'This subscription is not active.' });
  }
}

function requireMoney(record: PolarSubscriptionRecord): void {
  if (!record.paymentFails) return;
  throw refused(402, { error: 'PaymentFailed', detail: 'The payment could not be completed.' });
}
