import type { HostedCheckout, HostedPortal, HostedSubscription } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { sessionAmount } from './stripe-checkout-view.js';
import { isDeleted } from './stripe-customers.js';
import type { StripeCheckoutRecord, WireSubscription } from './stripe-state.js';
import { periodEnd } from './stripe-subscriptions.js';

/** A checkout session in the words of the hosted page. */
export function hostedStripeCheckout(world: World, record: StripeCheckoutRecord): HostedCheckout {
  const { stripe } = world.state;
  const { session } = record;
  const [line] = record.lines;
  const price = lookup(stripe.prices, line?.priceId);
  const product = lookup(stripe.products, price?.product);
  const customer = lookup(stripe.customers, session.customer);
  return {
    provider: 'stripe',
    id: session.id,
    state: session.status === 'open' ? 'open' : session.status === 'complete' ? 'paid' : 'expired',
    planName: product?.name ?? 'Subscription',
    amount: sessionAmount(stripe, record.lines),
    unitAmount: price?.unit_amount ?? 0,
    currency: session.currency ?? 'usd',
    interval: price?.recurring?.interval ?? 'month',
    seats: product?.unit_label === 'seat' ? (line?.quantity ?? 1) : null,
    email: customer?.email ?? session.customer_email,
    trialDays: record.trialDays,
    successUrl: (session.success_url ?? `${world.url()}/checkout/${session.id}/done`).replaceAll(
      '{CHECKOUT_SESSION_ID}',
      session.id,
    ),
    backUrl: session.cancel_url,
  };
}

/** The portal a token opens; undefined when it is unknown. */
export function hostedStripePortal(world: World, token: string): HostedPortal | undefined {
  const { customers, portals, subscriptions } = world.state.stripe;
  const portal = lookup(portals, token);
  if (portal === undefined || isDeleted(world, portal.session.customer)) return undefined;
  const own = Object.values(subscriptions).filter(
    (one) => one.subscription.customer === portal.session.customer,
  );
  return {
    provider: 'stripe',
    email: lookup(customers, portal.session.customer)?.email ?? null,
    returnUrl: portal.session.return_url,
    subscriptions: own.map((record) => hostedSubscription(world, record.subscription)).toReversed(),
  };
}

function hostedSubscription(world: World, one: WireSubscription): HostedSubscription {
  const [item] = one.items.data;
  const product = lookup(world.state.stripe.products, item?.price.product);
  const iso = (seconds: number | null): string | null =>
    seconds === null ? null : new Date(seconds * 1000).toISOString();
  return {
    id: one.id,
    planName: product?.name ?? 'Subscription',
    amount: one.items.data.reduce((sum, line) => sum + (line.price.unit_amount ?? 0) * line.quantity, 0),
    currency: one.currency,
    interval: item?.price.recurring?.interval ?? 'month',
    seats: product?.unit_label === 'seat' ? (item?.quantity ?? 1) : null,
    status: one.status,
    live: one.ended_at === null,
    periodEnd: new Date(periodEnd(one) * 1000).toISOString(),
    cancelAt: iso(one.cancel_at),
    endedAt: iso(one.ended_at),
  };
}
