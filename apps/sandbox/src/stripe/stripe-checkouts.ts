import type { Due } from '../clock/timeline.js';
import { SandboxRefusal } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { createStripeCustomer, isDeleted } from './stripe-customers.js';
import { badRequest, missing } from './stripe-errors.js';
import { emitStripe } from './stripe-events.js';
import type { StripeCheckoutRecord } from './stripe-state.js';
import { beginStripeSubscription } from './stripe-subscriptions.js';

/** @throws StripeApiError 404. */
export function stripeCheckout(world: World, id: string): StripeCheckoutRecord {
  const record = lookup(world.state.stripe.checkouts, id);
  if (record === undefined) throw missing('checkout.session', id, 'session');
  return record;
}

/** Takes the payment. Paying again changes nothing. @throws SandboxRefusal when not open or without an e-mail. */
export function payStripeCheckout(
  world: World,
  record: StripeCheckoutRecord,
  email: string | undefined,
): void {
  const { session } = record;
  if (session.status === 'complete') return;
  requireOpen(record);
  session.customer = buyerOf(world, record, email);
  const lines = record.lines.map(({ priceId, quantity }) => {
    const price = lookup(world.state.stripe.prices, priceId);
    if (price === undefined) throw new SandboxRefusal(410, 'This plan is no longer on sale.');
    return { price: structuredClone(price), quantity };
  });
  const { subscription } = beginStripeSubscription(world, {
    customerId: session.customer,
    lines,
    trialDays: record.trialDays,
    metadata: record.subscriptionMetadata,
    managedPayments: session.managed_payments?.enabled === true,
  });
  session.subscription = subscription.id;
  session.invoice = subscription.latest_invoice;
  session.status = 'complete';
  session.payment_status = session.amount_total === 0 ? 'no_payment_required' : 'paid';
  session.url = null;
  session.customer_details = customerDetails(world, session.customer);
  emitStripe(world, 'checkout.session.completed', session);
}

/** The card is refused; the session stays open for another try. @throws SandboxRefusal when not open. */
export function requireOpen(record: StripeCheckoutRecord): void {
  if (record.session.status !== 'open') throw new SandboxRefusal(410, 'This checkout is no longer open.');
}

/** Closes an open session. @throws StripeApiError 400 when it is not open. */
export function expireStripeCheckout(world: World, record: StripeCheckoutRecord): void {
  const { session } = record;
  if (session.status !== 'open') {
    throw badRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`,
    );
  }
  session.status = 'expired';
  session.url = null;
  emitStripe(world, 'checkout.session.expired', session);
}

/** The next open session to expire. */
export function nextStripeExpiry(world: World): Due | undefined {
  let earliest: Due | undefined;
  for (const record of Object.values(world.state.stripe.checkouts)) {
    const at = record.session.expires_at * 1000;
    if (record.session.status === 'open' && (earliest === undefined || at < earliest.at)) {
      earliest = { at, run: () => expireStripeCheckout(world, record) };
    }
  }
  return earliest;
}

function buyerOf(world: World, record: StripeCheckoutRecord, typed: string | undefined): string {
  const { customer, customer_email: given } = record.session;
  if (customer !== null) {
    if (isDeleted(world, customer)) throw new SandboxRefusal(410, 'This customer no longer exists.');
    return customer;
  }
  const email = given ?? typed;
  if (!email) throw new SandboxRefusal(422, 'Please enter an e-mail address.');
  return createStripeCustomer(world, { email }).id;
}

function customerDetails(world: World, id: string): StripeCheckoutRecord['session']['customer_details'] {
  const customer = world.state.stripe.customers[id];
  return {
    address: null,
    business_name: null,
    email: customer?.email ?? null,
    individual_name: null,
    name: customer?.name ?? null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
}
