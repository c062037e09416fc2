import { prefixed } from '../state/ids.js';
import type { World } from '../world.js';
import { emitStripe } from './stripe-events.js';
import { blankInvoice } from './stripe-invoice-blank.js';
import { lineFor } from './stripe-invoice-line.js';
import type { StripeSubscriptionRecord, WireInvoice } from './stripe-state.js';

/** Invoices the running period: created, then paid, or open with a failed payment. */
export function invoicePeriod(
  world: World,
  record: StripeSubscriptionRecord,
  reason: 'subscription_create' | 'subscription_cycle',
  paid: boolean,
): WireInvoice {
  const invoice = newInvoice(world, record, reason);
  world.state.stripe.invoices[invoice.id] = invoice;
  record.subscription.latest_invoice = invoice.id;
  emitStripe(world, 'invoice.created', invoice);
  emitStripe(world, 'invoice.finalized', invoice);
  if (paid) payInvoice(world, invoice);
  else failInvoice(world, invoice);
  return invoice;
}

/** The open invoice is paid. */
export function payInvoice(world: World, invoice: WireInvoice): void {
  invoice.status = 'paid';
  invoice.attempted = true;
  invoice.attempt_count += 1;
  invoice.amount_paid = invoice.total;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = world.clock.seconds();
  emitStripe(world, 'invoice.paid', invoice);
  emitStripe(world, 'invoice.payment_succeeded', invoice);
}

/** A charge for the open invoice failed. */
export function failInvoice(world: World, invoice: WireInvoice): void {
  invoice.attempted = true;
  invoice.attempt_count += 1;
  emitStripe(world, 'invoice.payment_failed', invoice);
}

/** The newest unpaid invoice of a subscription. */
export function openInvoice(world: World, subscriptionId: string): WireInvoice | undefined {
  return Object.values(world.state.stripe.invoices).findLast(
    (one) => one.status === 'open' && one.parent?.subscription_details?.subscription === subscriptionId,
  );
}

function newInvoice(
  world: World,
  record: StripeSubscriptionRecord,
  reason: 'subscription_create' | 'subscription_cycle',
): WireInvoice {
  const { subscription } = record;
  const trial = subscription.status === 'trialing';
  const id = prefixed('in');
  const lines = subscription.items.data.map((item) => lineFor(item, id, trial));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const now = world.clock.seconds();
  const customer = world.state.stripe.customers[subscription.customer];
  const [item] = subscription.items.data;
  return {
    ...blankInvoice(now),
    id,
    amount_due: total,
    amount_remaining: total,
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
    billing_reason: reason,
    currency: subscription.currency,
    customer: subscription.customer,
    customer_email: customer?.email ?? null,
    customer_name: customer?.name ?? null,
    customer_phone: customer?.phone ?? null,
    lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` },
    number: `SANDBOX-${String(Object.keys(world.state.stripe.invoices).length + 1).padStart(4, '0')}`,
    // Since 2025-03-31 the subscription stands here and no longer on the invoice itself.
    parent: {
      type: 'subscription_details',
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
    },
    period_start: item?.current_period_start ?? now,
    period_end: item?.current_period_end ?? now,
    metadata: {},
  };
}
