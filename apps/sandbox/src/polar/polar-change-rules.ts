import type { models } from '@polar-sh/sdk/2026-10';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { isSeatBased, pricesIn, seatPriceOf } from './polar-amounts.js';
import { assignedSeats } from './polar-customer-seats.js';
import { invalid, refused } from './polar-errors.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { alreadyCanceled } from './polar-subscriptions.js';
import { ACTIVE_STATUSES } from './polar-view.js';

/** @throws PolarApiError 409 while it is locked, 403 when it ended, is about to, or is not active. */
export function requireChangeable(record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  requireUnlocked(record);
  if (subscription.ended_at !== null || subscription.cancel_at_period_end) throw alreadyCanceled();
  if (!ACTIVE_STATUSES.includes(subscription.status)) {
    throw refused(403, { error: 'InactiveSubscription', detail: 'This subscription is not active.' });
  }
}

/** @throws PolarApiError 409 `SubscriptionLocked` while a renewal holds it. */
export function requireUnlocked(record: PolarSubscriptionRecord): void {
  if (!record.locked) return;
  throw refused(409, {
    error: 'SubscriptionLocked',
    detail: 'This subscription is currently being updated. Try again later.',
  });
}

/** The product to change to. @throws PolarApiError 422 on one that this subscription cannot move to. */
export function requireProduct(
  world: World,
  record: PolarSubscriptionRecord,
  productId: string,
): models.Product {
  const { subscription } = record;
  const refuse = (msg: string) => invalid(['body', 'product_id'], msg, productId);
  const product = lookup(world.state.polar.products, productId);
  if (product === undefined || product.is_archived || !product.is_recurring) {
    throw refuse('Product does not exist.');
  }
  const prices = pricesIn(product, subscription.currency);
  if (prices.length === 0) throw refuse("The new product's currency differs from the subscription's.");
  if (prices.some((price) => price.amount_type === 'custom')) {
    throw refuse('Cannot change to a product with a custom price.');
  }
  const bySeat = subscription.seats !== null && subscription.seats !== undefined;
  if (bySeat && !isSeatBased(product)) {
    throw refuse('Cannot change from a seat-based to a non-seat-based product.');
  }
  return product;
}

/** @throws PolarApiError 422 when not sold by seat, outside the tiers' bounds, or below the assigned seats. */
export function requireSeats(world: World, record: PolarSubscriptionRecord, seats: number): void {
  const price = seatPriceOf(record.subscription.prices);
  if (price === undefined) throw invalid(['body', 'seats'], 'This subscription is not seat-based.', seats);
  const { minimum_seats: least, maximum_seats: most } = price.seat_tiers;
  if (seats < least || seats > (most ?? Infinity)) {
    throw invalid(['body', 'seats'], `Seats must be between ${least} and ${most ?? 'unlimited'}.`, seats);
  }
  const assigned = assignedSeats(world, record.subscription.id);
  if (seats < assigned) {
    const msg = `Cannot reduce seats to ${seats}: ${assigned} seats are assigned. Revoke seats first.`;
    throw invalid(['body', 'seats'], msg, seats);
  }
}
