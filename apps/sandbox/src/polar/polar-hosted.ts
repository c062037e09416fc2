import type { models } from '@polar-sh/sdk/2026-10';
import { counted } from '../hosted/wording.js';
import type { HostedCheckout, HostedPlan, HostedPortal, HostedSubscription, SeatRange } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { amountOf, isSeatBased, pricesIn, seatPriceOf } from './polar-amounts.js';
import { showSubscription } from './polar-view.js';

/** The most seats Polar sells at all. */
const MOST_SEATS = 1000;
const DAYS = { day: 1, week: 7, month: 30, year: 365 } as const;

/** A checkout in the words of the hosted page. */
export function hostedCheckout(checkout: models.Checkout): HostedCheckout {
  const { product, seats, active_trial_interval: unit, active_trial_interval_count: count } = checkout;
  return {
    provider: 'polar',
    id: checkout.id,
    state: checkout.status === 'open' ? 'open' : checkout.status === 'succeeded' ? 'paid' : 'expired',
    planName: product?.name ?? 'Subscription',
    amount: checkout.amount,
    unitAmount: amountOf(
      product === undefined || product === null ? [] : pricesIn(product, checkout.currency),
      1,
    ),
    currency: checkout.currency,
    interval: product?.recurring_interval ?? 'month',
    seats: seats ?? null,
    seatRange: seats === null || seats === undefined ? null : seatRangeOf(product?.prices ?? [], checkout),
    email: checkout.customer_email,
    trialDays: unit === null || count === null ? 0 : DAYS[unit] * count,
    successUrl: checkout.success_url,
    backUrl: checkout.return_url,
  };
}

/** The portal a token opens; undefined when it is unknown or has expired. */
export function hostedPortal(world: World, token: string): HostedPortal | undefined {
  const { customers, sessions, subscriptions } = world.state.polar;
  const session = lookup(sessions, token);
  if (session === undefined || Date.parse(session.expiresAt) <= world.clock.nowMs()) return undefined;
  const customer = customers[session.customerId];
  if (customer === undefined || customer.deleted_at !== null) return undefined;
  const own = Object.values(subscriptions).filter(
    (record) => record.subscription.customer_id === customer.id,
  );
  return {
    provider: 'polar',
    email: customer.email ?? null,
    returnUrl: session.returnUrl,
    subscriptions: own
      .map((record) => hostedSubscription(world, showSubscription(world.state.polar, record)))
      .toReversed(),
  };
}

function seatRangeOf(
  prices: models.Product['prices'],
  limits: { min_seats?: number | null; max_seats?: number | null },
): SeatRange | null {
  const price = seatPriceOf(prices);
  if (price === undefined) return null;
  const { minimum_seats: least, maximum_seats: most } = price.seat_tiers;
  return {
    least: Math.max(least, limits.min_seats ?? 1),
    most: Math.min(most ?? MOST_SEATS, limits.max_seats ?? MOST_SEATS),
  };
}

// What Polar itself would accept: the same currency, no custom price, and by seat once by seat.
function plansFor(world: World, one: models.Subscription): HostedPlan[] {
  const bySeat = one.seats !== null && one.seats !== undefined;
  return Object.values(world.state.polar.products)
    .filter((product) => product.is_recurring && !product.is_archived && product.id !== one.product_id)
    .filter((product) => !bySeat || isSeatBased(product))
    .flatMap((product) => {
      const prices = pricesIn(product, one.currency);
      if (prices.length === 0 || prices.some((price) => price.amount_type === 'custom')) return [];
      const interval = product.recurring_interval ?? 'month';
      const amount = amountOf(prices, 1);
      return [{ ref: product.id, name: product.name, amount, currency: one.currency, interval }];
    });
}

function pendingIn(world: World, one: models.Subscription): string | null {
  const { pending_update: pending } = one;
  if (pending === null) return null;
  const product = lookup(world.state.polar.products, pending.product_id);
  const parts = [product?.name, pending.seats === null ? undefined : counted(pending.seats, 'seat')];
  return parts.filter((part) => part !== undefined).join(', ');
}

function hostedSubscription(world: World, one: models.Subscription): HostedSubscription {
  const record = lookup(world.state.polar.subscriptions, one.id);
  return {
    plans: plansFor(world, one),
    seatRange: seatRangeOf(one.prices, {}),
    pendingChange: pendingIn(world, one),
    cardFails: record?.paymentFails === true || (world.state.cards[one.customer_id] ?? 0) !== 0,
    id: one.id,
    planName: one.product.name,
    amount: one.amount,
    currency: one.currency,
    interval: one.recurring_interval,
    seats: one.seats ?? null,
    status: one.status,
    live: one.ended_at === null,
    periodEnd: one.current_period_end,
    cancelAt: one.cancel_at_period_end ? one.ends_at : null,
    endedAt: one.ended_at,
  };
}
