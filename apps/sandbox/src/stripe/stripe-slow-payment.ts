import { SandboxRefusal, type SlowPayment } from '../stand-in.js';
import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { emitStripe } from './stripe-events.js';
import { failInvoice, openInvoice, payInvoice } from './stripe-invoices.js';
import { turnPastDue } from './stripe-renewals.js';
import type { StripeCheckoutRecord } from './stripe-state.js';

/**
 * The money of a slow payment comes, or does not: the session was complete and `unpaid` meanwhile, the subscription
 * ran. @throws SandboxRefusal when no such money is awaited.
 */
export function settleSlowPayment(world: World, record: StripeCheckoutRecord, end: SlowPayment): void {
  const { session } = record;
  const bought = lookup(world.state.stripe.subscriptions, session.subscription);
  const invoice = bought === undefined ? undefined : openInvoice(world, bought.subscription.id);
  if (session.payment_status !== 'unpaid' || bought === undefined || invoice === undefined)
    throw new SandboxRefusal(409, 'No payment is awaited for this checkout.');
  if (end === 'succeeds') {
    payInvoice(world, invoice);
    session.payment_status = 'paid';
    emitStripe(world, 'checkout.session.async_payment_succeeded', session);
    return;
  }
  failInvoice(world, invoice);
  bought.paymentFails = true;
  turnPastDue(world, bought);
  emitStripe(world, 'checkout.session.async_payment_failed', session);
}
