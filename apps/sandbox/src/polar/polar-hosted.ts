import type { models } from '@polar-sh/sdk/2026-10';
import type { HostedCheckout, HostedPortal, HostedSubscription } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { amountOf } from './polar-catalog.js';
import { showSubscription } from './polar-view.js';

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
    unitAmount: amountOf(product?.prices ?? [], 1),
    currency: checkout.currency,
    interval: product?.recurring_interval ?? 'month',
    seats: seats ?? null,
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
      .map((record) => hostedSubscription(showSubscription(world.state.polar, record)))
      .toReversed(),
  };
}

function hostedSubscription(one: models.Subscription): HostedSubscription {
  return {
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
