import { cardRefuses } from '../money/cards.js';
import { recordMoney } from '../money/ledger.js';
import type { World } from '../world.js';
import { newCharge } from './stripe-charges.js';
import { emitStripe } from './stripe-events.js';
import { newInvoice, type InvoiceReason } from './stripe-invoice-create.js';
import { periodDrafts } from './stripe-line-draft.js';
import type { StripeLineDraft, StripeSubscriptionRecord, WireInvoice } from './stripe-state.js';

/** Invoices the running period with everything that waited for it: created and finalized, not yet paid. */
export function openPeriodInvoice(
  world: World,
  record: StripeSubscriptionRecord,
  reason: InvoiceReason,
): WireInvoice {
  const { subscription } = record;
  const drafts = [
    ...record.pendingLines,
    ...periodDrafts(subscription.items.data, subscription.status === 'trialing'),
  ];
  record.pendingLines = [];
  return openInvoiceOver(world, record, reason, drafts);
}

/** Invoices given lines: created and finalized, not yet paid. Credit moves with it. */
export function openInvoiceOver(
  world: World,
  record: StripeSubscriptionRecord,
  reason: InvoiceReason,
  drafts: readonly StripeLineDraft[],
): WireInvoice {
  const invoice = newInvoice(world, record, reason, drafts);
  const { customers, invoices } = world.state.stripe;
  invoices[invoice.id] = invoice;
  record.subscription.latest_invoice = invoice.id;
  const customer = customers[invoice.customer];
  if (customer !== undefined) customer.balance = invoice.ending_balance ?? 0;
  if (invoice.total < 0) noteMoney(world, invoice, 'credit', 0 - invoice.total);
  emitStripe(world, 'invoice.created', invoice);
  emitStripe(world, 'invoice.finalized', invoice);
  return invoice;
}

/** Charges an open invoice: true when paid, or when nothing was due. */
export function chargeInvoice(world: World, record: StripeSubscriptionRecord, invoice: WireInvoice): boolean {
  if (invoice.amount_due > 0 && cardRefuses(world, invoice.customer, record.paymentFails)) {
    failInvoice(world, invoice);
    return false;
  }
  payInvoice(world, invoice);
  return true;
}

/** The open invoice is paid. */
export function payInvoice(world: World, invoice: WireInvoice): void {
  noteMoney(world, invoice, 'charge', invoice.amount_due);
  if (invoice.amount_due > 0) newCharge(world, invoice);
  invoice.status = 'paid';
  invoice.attempted = true;
  invoice.attempt_count += 1;
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = world.clock.seconds();
  emitStripe(world, 'invoice.paid', invoice);
  emitStripe(world, 'invoice.payment_succeeded', invoice);
}

/** A charge for the open invoice failed. */
export function failInvoice(world: World, invoice: WireInvoice): void {
  noteMoney(world, invoice, 'failed', invoice.amount_due);
  invoice.attempted = true;
  invoice.attempt_count += 1;
  emitStripe(world, 'invoice.payment_failed', invoice);
}

/** A charge failed whose invoice Stripe throws away along with the change: only the ledger tells of it. */
export function failUnkept(world: World, invoice: WireInvoice): void {
  noteMoney(world, invoice, 'failed', invoice.amount_due);
}

/** An invoice nobody will pay; credit it used comes back. */
export function voidInvoice(world: World, invoice: WireInvoice): void {
  invoice.status = 'void';
  invoice.status_transitions.voided_at = world.clock.seconds();
  invoice.next_payment_attempt = null;
  const customer = world.state.stripe.customers[invoice.customer];
  if (customer !== undefined) customer.balance += invoice.starting_balance - (invoice.ending_balance ?? 0);
  emitStripe(world, 'invoice.voided', invoice);
}

/** The newest unpaid invoice of a subscription. */
export function openInvoice(world: World, subscriptionId: string): WireInvoice | undefined {
  return Object.values(world.state.stripe.invoices).findLast(
    (one) => one.status === 'open' && subscriptionOf(one) === subscriptionId,
  );
}

/** The subscription an invoice bills. */
export function subscriptionOf(invoice: WireInvoice): string | null {
  const subscription = invoice.parent?.subscription_details?.subscription;
  return typeof subscription === 'string' ? subscription : null;
}

function noteMoney(
  world: World,
  invoice: WireInvoice,
  kind: 'charge' | 'failed' | 'credit',
  amount: number,
): void {
  recordMoney(world, {
    provider: 'stripe',
    kind,
    amount,
    currency: invoice.currency,
    customer: invoice.customer,
    subscription: subscriptionOf(invoice),
    document: invoice.id,
    reason: invoice.billing_reason ?? 'manual',
  });
}
