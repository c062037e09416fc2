import type { models } from '@polar-sh/sdk/2026-10';
import type { World } from '../world.js';
import { amountOf, isSeatBased, pricesIn, seatPriceOf } from './polar-amounts.js';
import { chargeChange, restartPeriod } from './polar-change-billing.js';
import { requireChangeable, requireProduct, requireSeats } from './polar-change-rules.js';
import { invalid } from './polar-errors.js';
import { postpone } from './polar-pending-update.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { touch } from './polar-subscriptions.js';
import { trialEndFor } from './polar-trial.js';

type Proration = models.SubscriptionProrationBehavior;

/** Moves to another product. @throws PolarApiError 402, 403, 409 or 422 as Polar refuses; nothing is changed then. */
export function changeProduct(
  world: World,
  record: PolarSubscriptionRecord,
  productId: string,
  proration: Proration = world.settings.polarProration,
): void {
  requireChangeable(record);
  const product = requireProduct(world, record, productId);
  const { subscription } = record;
  const bySeat = subscription.seats !== null && subscription.seats !== undefined;
  if (proration === 'next_period') {
    if (!bySeat && isSeatBased(product)) {
      const msg = 'A change to a seat-based product must be immediate.';
      throw invalid(['body', 'proration_behavior'], msg, proration);
    }
    return postpone(world, record, { product_id: productId, seats: null });
  }
  const interval = product.recurring_interval ?? subscription.recurring_interval;
  const count = product.recurring_interval_count ?? 1;
  const newCycle =
    proration === 'reset' ||
    interval !== subscription.recurring_interval ||
    count !== subscription.recurring_interval_count;
  chargeChange(world, record, {
    label: product.name,
    amount: amountOf(pricesIn(product, subscription.currency), seatsOn(product, subscription.seats ?? null)),
    priceId: pricesIn(product, subscription.currency)[0]?.id ?? null,
    restart: newCycle ? { interval, count } : null,
    at: newCycle ? 'now' : proration === 'invoice' ? 'now' : 'next order',
    apply: () => {
      subscription.pending_update = null;
      setProduct(record, product, subscription.seats ?? null);
      if (subscription.status === 'trialing') moveTrial(world, record, product);
      else if (newCycle) restartPeriod(record, world.clock.iso());
    },
  });
}

/** Sets the number of seats. The same number is no event, but drops a pending seat change. */
export function changeSeats(
  world: World,
  record: PolarSubscriptionRecord,
  seats: number,
  proration: Proration = world.settings.polarProration,
): void {
  requireChangeable(record);
  requireSeats(world, record, seats);
  const { subscription } = record;
  const {
    pending_update: pending,
    recurring_interval: interval,
    recurring_interval_count: count,
  } = subscription;
  if (seats === subscription.seats) {
    if (pending !== null)
      subscription.pending_update = pending.product_id === null ? null : { ...pending, seats: null };
    return;
  }
  if (proration === 'next_period')
    return postpone(world, record, { product_id: pending?.product_id ?? null, seats });
  chargeChange(world, record, {
    label: `${seats} seats`,
    amount: amountOf(subscription.prices, seats),
    priceId: seatPriceOf(subscription.prices)?.id ?? null,
    restart: proration === 'reset' ? { interval, count } : null,
    at: proration === 'prorate' ? 'next order' : 'now',
    apply: () => {
      // An immediate seat change keeps a scheduled change of product.
      subscription.pending_update = pending?.product_id ? { ...pending, seats: null } : null;
      subscription.seats = seats;
      subscription.amount = amountOf(subscription.prices, seats);
      if (proration === 'reset' && subscription.status !== 'trialing')
        restartPeriod(record, world.clock.iso());
    },
  });
}

/** Applies what was scheduled for the turn of the period, which begins with it. */
export function applyPending(world: World, record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  const { pending_update: pending } = subscription;
  if (pending === null) return;
  subscription.pending_update = null;
  const product = world.state.polar.products[pending.product_id ?? subscription.product_id];
  const seats = pending.seats ?? subscription.seats ?? null;
  const { recurring_interval: before, recurring_interval_count: countBefore } = subscription;
  if (pending.product_id !== null && product !== undefined) setProduct(record, product, seats);
  if (subscription.recurring_interval !== before || subscription.recurring_interval_count !== countBefore) {
    record.anchor = subscription.current_period_end;
    record.cycle = 0;
  }
  if (seatPriceOf(subscription.prices) !== undefined) subscription.seats = seats ?? 1;
  subscription.amount = amountOf(subscription.prices, subscription.seats ?? null);
}

/** Forgets a scheduled change. */
export function clearPending(world: World, record: PolarSubscriptionRecord): void {
  record.subscription.pending_update = null;
  touch(world, record, 'subscription.updated');
}

function seatsOn(product: models.Product, seats: number | null): number | null {
  return isSeatBased(product) ? (seats ?? 1) : null;
}

function setProduct(record: PolarSubscriptionRecord, product: models.Product, seats: number | null): void {
  const { subscription } = record;
  subscription.product_id = product.id;
  subscription.prices = pricesIn(product, subscription.currency);
  subscription.seats = seatsOn(product, seats);
  subscription.amount = amountOf(subscription.prices, subscription.seats);
  subscription.recurring_interval = product.recurring_interval ?? subscription.recurring_interval;
  subscription.recurring_interval_count = product.recurring_interval_count ?? 1;
}

// A running trial goes on by the new product's length, counted from where it began.
function moveTrial(world: World, record: PolarSubscriptionRecord, product: models.Product): void {
  const { subscription } = record;
  const end = trialEndFor(product, subscription.trial_start);
  if (end === null) return;
  const at = Date.parse(end) < world.clock.nowMs() ? world.clock.iso() : end;
  subscription.trial_end = at;
  subscription.current_period_end = at;
  record.anchor = at;
}
