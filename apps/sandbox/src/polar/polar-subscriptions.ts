import type { models } from '@polar-sh/sdk/2026-10';
import { addInterval } from '../clock/add-interval.js';
import type { Metadata } from '../options.js';
import { uuid } from '../state/ids.js';
import type { World } from '../world.js';
import { amountOf, currencyOf, isSeatBased, pricesIn } from './polar-amounts.js';
import { refused } from './polar-errors.js';
import { emitCustomerState, emitSubscription } from './polar-events.js';
import { openPeriodOrder, settleOrder } from './polar-orders.js';
import type { PolarSubscriptionRecord } from './polar-state.js';

/** What begins with a paid checkout or a direct sale. */
export interface NewSubscription {
  customer: models.Customer;
  product: models.Product;
  seats: number | null;
  /** ISO instant at which a trial ends; null for none. */
  trialEnd: string | null;
  /** Lower-case ISO 4217; the product's own when left out. */
  currency?: string;
  checkoutId: string | null;
  metadata: Metadata;
}

/** Starts a subscription, bills its first period unless it is a trial, and tells the world. */
export function beginSubscription(world: World, input: NewSubscription): PolarSubscriptionRecord {
  const record = newRecord(world, input);
  world.state.polar.subscriptions[record.subscription.id] = record;
  // Polar turns whoever buys a plan by seat into a team, for ever.
  if (isSeatBased(input.product)) input.customer.type = 'team';
  emitSubscription(world, record, 'subscription.created', 'subscription.active');
  if (input.trialEnd === null) settleOrder(world, openPeriodOrder(world, record, 'subscription_create'));
  emitCustomerState(world, input.customer.id);
  return record;
}

/** Cancels at the period's end. @throws PolarApiError 403 when ended or already scheduled. */
export function scheduleCancel(
  world: World,
  record: PolarSubscriptionRecord,
  why: { reason?: models.CustomerCancellationReason | null; comment?: string | null } = {},
): void {
  const { subscription } = record;
  if (subscription.ended_at !== null || subscription.cancel_at_period_end) throw alreadyCanceled();
  subscription.cancel_at_period_end = true;
  subscription.canceled_at = world.clock.iso();
  subscription.ends_at = subscription.current_period_end;
  subscription.customer_cancellation_reason = why.reason ?? null;
  subscription.customer_cancellation_comment = why.comment ?? null;
  touch(world, record, 'subscription.updated', 'subscription.canceled');
}

/** Takes a scheduled cancel back. @throws PolarApiError 409 when none is scheduled, 403 when ended. */
export function undoCancel(world: World, record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  if (subscription.ended_at !== null) throw alreadyCanceled();
  if (!subscription.cancel_at_period_end) {
    throw refused(409, {
      error: 'SubscriptionNotScheduledToCancel',
      detail: 'This subscription is not scheduled to be canceled.',
    });
  }
  subscription.cancel_at_period_end = false;
  subscription.canceled_at = null;
  subscription.ends_at = null;
  subscription.customer_cancellation_reason = null;
  subscription.customer_cancellation_comment = null;
  touch(world, record, 'subscription.updated', 'subscription.uncanceled');
}

/** Ends at once, in the middle of the period. @throws PolarApiError 403 when already ended. */
export function revokeSubscription(world: World, record: PolarSubscriptionRecord): void {
  if (record.subscription.ended_at !== null) throw alreadyCanceled();
  endSubscription(world, record);
}

/** Over from now; the period's end stays where it was, as Polar leaves it. */
export function endSubscription(
  world: World,
  record: PolarSubscriptionRecord,
  status: 'canceled' | 'unpaid' = 'canceled',
): void {
  const { subscription } = record;
  const now = world.clock.iso();
  subscription.status = status;
  subscription.ended_at = now;
  subscription.ends_at = now;
  subscription.canceled_at ??= now;
  subscription.pending_update = null;
  touch(world, record, 'subscription.updated', 'subscription.canceled', 'subscription.revoked');
}

/** Marks the subscription changed and sends its events and the customer's state. */
export function touch(
  world: World,
  record: PolarSubscriptionRecord,
  ...types: Parameters<typeof emitSubscription>[2][]
): void {
  record.subscription.modified_at = world.clock.iso();
  emitSubscription(world, record, ...types);
  emitCustomerState(world, record.subscription.customer_id);
}

/** The refusal Polar gives for anything but undoing, once a cancel is scheduled or done. */
export function alreadyCanceled(): Error {
  return refused(403, {
    error: 'AlreadyCanceledSubscription',
    detail: 'This subscription is already canceled or will be at the end of the period.',
  });
}

function newRecord(world: World, input: NewSubscription): PolarSubscriptionRecord {
  const { product, trialEnd } = input;
  const now = world.clock.iso();
  const interval = product.recurring_interval ?? 'month';
  const every = product.recurring_interval_count ?? 1;
  const currency = input.currency ?? currencyOf(product);
  const prices = pricesIn(product, currency);
  const seats = isSeatBased(product) ? (input.seats ?? 1) : null;
  return {
    anchor: trialEnd ?? now,
    cycle: trialEnd === null ? 1 : 0,
    paymentFails: false,
    retries: 0,
    billingEntries: [],
    locked: false,
    subscription: {
      ...blank(now),
      id: uuid(),
      amount: amountOf(prices, seats),
      currency,
      recurring_interval: interval,
      recurring_interval_count: every,
      status: trialEnd === null ? 'active' : 'trialing',
      current_period_end: trialEnd ?? addInterval(new Date(now), interval, every).toISOString(),
      trial_start: trialEnd === null ? null : now,
      trial_end: trialEnd,
      customer_id: input.customer.id,
      product_id: product.id,
      checkout_id: input.checkoutId,
      seats,
      metadata: { ...input.metadata },
      prices,
    },
  };
}

function blank(now: string) {
  return {
    created_at: now,
    modified_at: null,
    current_period_start: now,
    current_meter_period_start: null,
    current_meter_period_end: null,
    cancel_at_period_end: false,
    canceled_at: null,
    started_at: now,
    ends_at: null,
    ended_at: null,
    past_due_at: null,
    pause_at_period_end: false,
    paused_at: null,
    resumes_at: null,
    discount_id: null,
    units: null,
    customer_cancellation_reason: null,
    customer_cancellation_comment: null,
    custom_field_data: {},
    discount: null,
    meters: [],
    pending_update: null,
  };
}
