import type { Due } from '../clock/timeline.js';
import { cardRefuses } from '../money/cards.js';
import { SandboxRefusal } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { sessionAmount } from './stripe-checkout-view.js';
import { createStripeCustomer, isDeleted } from './stripe-customers.js';
import { badRequest, missing } from './stripe-errors.js';
import { emitStripe } from './stripe-events.js';
import type { StripeCheckoutRecord } from './stripe-state.js';
import { beginStripeSubscription } from './stripe-subscription-begin.js';

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
  pace: 'at once' | 'slowly' = 'at once',
): void {
  const { session } = record;
  if (session.status === 'complete') return;
  requireOpen(record);
  session.customer = buyerOf(world, record, email);
  if (pace === 'at once' && (session.amount_total ?? 0) > 0 && cardRefuses(world, session.customer, false))
    throw new SandboxRefusal(402, 'Your card was declined. Nothing was charged.');
  const lines = record.lines.map(({ priceId, quantity }) => {
    const price = lookup(world.state.stripe.prices, priceId);
    if (price === undefined) throw new SandboxRefusal(410, 'This plan is no longer on sale.');
    return { price: structuredClone(price), quantity };
  });
  const input = {
    customerId: session.customer,
    lines,
    trialDays: record.trialDays,
    metadata: record.subscriptionMetadata,
    managedPayments: session.managed_payments?.enabled === true,
    // A trial that needs no card begins without one.
    hasCard: record.trialDays === 0 || record.collectsCard,
    trialEndBehavior: record.trialEndBehavior,
  };
  const payment = pace === 'slowly' ? 'slowly' : 'allow_incomplete';
  const { subscription } = beginStripeSubscription(world, input, payment);
  session.subscription = subscription.id;
  session.invoice = subscription.latest_invoice;
  session.status = 'complete';
  session.payment_status = paidAs(session.amount_total, pace);
  session.url = null;
  session.customer_details = customerDetails(world, session.customer);
  emitStripe(world, 'checkout.session.completed', session);
}

function paidAs(total: number | null, pace: 'at once' | 'slowly'): 'no_payment_required' | 'paid' | 'unpaid' {
  if (total === 0) return 'no_payment_required';
  return pace === 'slowly' ? 'unpaid' : 'paid';
}

/** The card is refused; the session stays open for another try. @throws SandboxRefusal when not open. */
export function requireOpen(record: StripeCheckoutRecord): void {
  if (record.session.status !== 'open') throw new SandboxRefusal(410, 'This checkout is no longer open.');
}

/** The buyer chooses a quantity. @throws SandboxRefusal when closed, or not adjustable that far. */
export function chooseStripeSeats(world: World, record: StripeCheckoutRecord, seats: number): void {
  requireOpen(record);
  const { adjustable: range, session } = record;
  const [line] = record.lines;
  if (range === null || line === undefined)
    throw new SandboxRefusal(422, 'The number of seats cannot be changed here.');
  if (!Number.isInteger(seats) || seats < range.least || seats > range.most)
    throw new SandboxRefusal(422, `Please choose between ${range.least} and ${range.most} seats.`);
  line.quantity = seats;
  const amount = record.trialDays > 0 ? 0 : sessionAmount(world.state.stripe, record.lines);
  session.amount_subtotal = amount;
  session.amount_total = amount;
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
