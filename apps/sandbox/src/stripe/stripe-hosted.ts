import type { HostedCheckout, HostedPlan, HostedPortal, HostedSubscription } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { sessionAmount } from './stripe-checkout-view.js';
import { isDeleted } from './stripe-customers.js';
import type { StripeCheckoutRecord, StripeSubscriptionRecord, WireSubscription } from './stripe-state.js';
import { periodEnd } from './stripe-subscriptions.js';

/** The most seats the portal's field takes. */
const MOST_SEATS = 1000;

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
    seatRange: record.adjustable,
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
  const allowed = updatesAllowedBy(world, portal.session.configuration);
  const own = Object.values(subscriptions).filter(
    (one) => one.subscription.customer === portal.session.customer,
  );
  return {
    provider: 'stripe',
    email: lookup(customers, portal.session.customer)?.email ?? null,
    returnUrl: portal.session.return_url,
    subscriptions: own.map((record) => hostedSubscription(world, record, allowed)).toReversed(),
  };
}

// What the portal's configuration lets a customer change.
function updatesAllowedBy(world: World, configuration: unknown): readonly string[] {
  const id = typeof configuration === 'string' ? configuration : null;
  const feature = lookup(world.state.stripe.portalConfigurations, id)?.features.subscription_update;
  return feature?.enabled === true ? feature.default_allowed_updates : [];
}

function plansFor(world: World, one: WireSubscription): HostedPlan[] {
  const { prices, products } = world.state.stripe;
  const [item] = one.items.data;
  return Object.values(prices).flatMap((price) => {
    const product = lookup(products, price.product);
    const fits = price.active && product?.active === true && price.recurring?.usage_type === 'licensed';
    if (!fits || price.id === item?.price.id || price.currency !== one.currency) return [];
    const { interval = 'month' } = price.recurring ?? {};
    const amount = price.unit_amount ?? 0;
    return [{ ref: price.id, name: product.name, amount, currency: price.currency, interval }];
  });
}

function hostedSubscription(
  world: World,
  record: StripeSubscriptionRecord,
  allowed: readonly string[],
): HostedSubscription {
  const one = record.subscription;
  const [item] = one.items.data;
  const product = lookup(world.state.stripe.products, item?.price.product);
  const iso = (seconds: number | null): string | null =>
    seconds === null ? null : new Date(seconds * 1000).toISOString();
  return {
    plans: allowed.includes('price') ? plansFor(world, one) : [],
    seatRange: allowed.includes('quantity') ? { least: 1, most: MOST_SEATS } : null,
    pendingChange: one.pending_update === null ? null : 'A change waits for its payment',
    cardFails: record.paymentFails || !record.hasCard || (world.state.cards[one.customer] ?? 0) !== 0,
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
