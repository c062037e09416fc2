import type { models } from '@polar-sh/sdk/2026-10';
import { addInterval } from '../clock/add-interval.js';
import type { Due } from '../clock/timeline.js';
import { cardRefuses } from '../money/cards.js';
import { SandboxRefusal } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { newCheckout } from './polar-checkout-create.js';
import { createCustomer, findExternal, liveCustomers } from './polar-customers.js';
import { invalid, notFound, PolarApiError } from './polar-errors.js';
import { emitCheckout } from './polar-events.js';
import type { CheckoutCreateInput } from './polar-schemas.js';
import { beginSubscription, revokeSubscription } from './polar-subscriptions.js';

/** Statuses that stand in the way of a second subscription of the same customer. */
const LIVE: readonly models.SubscriptionStatus[] = ['trialing', 'active', 'past_due'];

/** @throws PolarApiError 422 on unknown products or customers, or seats on a plan not sold by seat. */
export function createCheckout(world: World, input: CheckoutCreateInput): models.Checkout {
  const products = input.products.map((id, index) => {
    const product = lookup(world.state.polar.products, id);
    if (product === undefined || product.is_archived)
      throw invalid(['body', 'products', index], 'Product does not exist.', id);
    return product;
  });
  const customer = knownCustomer(world, input);
  requireUpgradable(world, input.subscription_id, customer);
  const checkout = newCheckout(world, input, products, customer);
  world.state.polar.checkouts[checkout.id] = checkout;
  emitCheckout(world, checkout, 'checkout.created');
  return checkout;
}

/** By id. @throws PolarApiError 404. */
export function checkoutById(world: World, id: string): models.Checkout {
  const checkout = lookup(world.state.polar.checkouts, id);
  if (checkout === undefined) throw notFound();
  return checkout;
}

/** By id or by the secret in its link. */
export function findCheckout(world: World, idOrSecret: string): models.Checkout | undefined {
  const { checkouts } = world.state.polar;
  const byId = lookup(checkouts, idOrSecret);
  return byId ?? Object.values(checkouts).find((checkout) => checkout.client_secret === idOrSecret);
}

/**
 * Takes the payment: customer, subscription and order begin. Paying again changes nothing.
 * @throws SandboxRefusal when expired, without an e-mail, or when the customer already subscribes.
 */
export function payCheckout(world: World, checkout: models.Checkout, email: string | undefined): void {
  if (checkout.status === 'succeeded') return;
  requireOpen(checkout);
  const customer = buyerOf(world, checkout, email);
  const subscribed = Object.values(world.state.polar.subscriptions).some(
    ({ subscription }) =>
      subscription.customer_id === customer.id &&
      subscription.id !== checkout.subscription_id &&
      LIVE.includes(subscription.status),
  );
  if (subscribed && !world.settings.polarAllowsMultipleSubscriptions) {
    throw new SandboxRefusal(409, 'You already have an active subscription.');
  }
  const free = checkout.active_trial_interval !== null || checkout.total_amount === 0;
  if (!free && cardRefuses(world, customer.id, false)) {
    throw new SandboxRefusal(402, 'Your card was declined. Nothing was charged.');
  }
  confirm(world, checkout, customer);
}

// Only a free subscription becomes a paid one through a checkout; a paying customer changes plans by update.
function requireUpgradable(
  world: World,
  id: string | null | undefined,
  customer: models.Customer | undefined,
): void {
  if (!id) return;
  const found = lookup(world.state.polar.subscriptions, id)?.subscription;
  const refuse = (msg: string) => invalid(['body', 'subscription_id'], msg, id);
  if (found === undefined || (customer !== undefined && found.customer_id !== customer.id))
    throw refuse('Subscription does not exist.');
  if (found.ended_at !== null) throw refuse('Subscription is already canceled.');
  if (found.amount > 0) throw refuse('Only free subscriptions can be upgraded.');
}

function confirm(world: World, checkout: models.Checkout, customer: models.Customer): void {
  const product = lookup(world.state.polar.products, checkout.product_id);
  if (product === undefined) throw new SandboxRefusal(410, 'This plan is no longer on sale.');
  setStatus(world, checkout, 'confirmed');
  const { active_trial_interval: unit, active_trial_interval_count: count } = checkout;
  const trialEnd =
    unit !== null && count !== null ? addInterval(new Date(world.clock.nowMs()), unit, count) : null;
  checkout.customer_id = customer.id;
  checkout.customer_email = customer.email ?? null;
  endUpgraded(world, checkout.subscription_id);
  const record = beginSubscription(world, {
    customer,
    product,
    currency: checkout.currency,
    seats: checkout.seats ?? null,
    trialEnd: trialEnd?.toISOString() ?? null,
    checkoutId: checkout.id,
    metadata: checkout.metadata,
  });
  checkout.subscription_id = record.subscription.id;
  setStatus(world, checkout, 'succeeded');
}

// The free subscription gives way to the one just paid for.
function endUpgraded(world: World, id: string | null): void {
  const free = lookup(world.state.polar.subscriptions, id);
  if (free !== undefined && free.subscription.ended_at === null) revokeSubscription(world, free);
}

/** The card is refused; the checkout stays open for another try. @throws SandboxRefusal when not open. */
export function declineCheckout(world: World, checkout: models.Checkout): void {
  requireOpen(checkout);
  checkout.modified_at = world.clock.iso();
  emitCheckout(world, checkout, 'checkout.updated');
}

/** The next open checkout to expire. */
export function nextExpiry(world: World): Due | undefined {
  let earliest: Due | undefined;
  for (const checkout of Object.values(world.state.polar.checkouts)) {
    const at = Date.parse(checkout.expires_at);
    if (checkout.status === 'open' && (earliest === undefined || at < earliest.at)) {
      earliest = { at, run: () => expire(world, checkout) };
    }
  }
  return earliest;
}

function expire(world: World, checkout: models.Checkout): void {
  checkout.status = 'expired';
  checkout.modified_at = world.clock.iso();
  emitCheckout(world, checkout, 'checkout.expired');
}

function setStatus(world: World, checkout: models.Checkout, status: models.CheckoutStatus): void {
  checkout.status = status;
  checkout.modified_at = world.clock.iso();
  emitCheckout(world, checkout, 'checkout.updated');
}

function requireOpen(checkout: models.Checkout): void {
  if (checkout.status !== 'open') throw new SandboxRefusal(410, 'This checkout is no longer open.');
}

function knownCustomer(world: World, input: CheckoutCreateInput): models.Customer | undefined {
  if (input.customer_id) {
    const customer = lookup(world.state.polar.customers, input.customer_id);
    if (customer === undefined || customer.deleted_at !== null) {
      throw invalid(['body', 'customer_id'], 'Customer does not exist.', input.customer_id);
    }
    return customer;
  }
  return input.external_customer_id ? findExternal(world, input.external_customer_id) : undefined;
}

function buyerOf(world: World, checkout: models.Checkout, typed: string | undefined): models.Customer {
  const known = lookup(world.state.polar.customers, checkout.customer_id);
  if (known !== undefined && known.deleted_at === null) return known;
  const external = checkout.external_customer_id;
  const linked = external === null ? undefined : findExternal(world, external);
  if (linked !== undefined) return linked;
  const email = checkout.customer_email ?? typed;
  if (!email) throw new SandboxRefusal(422, 'Please enter an e-mail address.');
  const namesake = liveCustomers(world).find((one) => one.email?.toLowerCase() === email.toLowerCase());
  if (namesake !== undefined && (external === null || !namesake.external_id)) {
    if (external !== null) namesake.external_id = external;
    return namesake;
  }
  try {
    const metadata = checkout.customer_metadata;
    return createCustomer(world, { email, external_id: external, name: checkout.customer_name, metadata });
  } catch (error) {
    if (error instanceof PolarApiError)
      throw new SandboxRefusal(409, 'This e-mail address belongs to another customer.');
    throw error;
  }
}
