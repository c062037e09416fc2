import type Stripe from 'stripe';
import { prefixed } from '../state/ids.js';
import type { World } from '../world.js';
import { emitStripe } from './stripe-events.js';
import type { StripeSubscriptionRecord, WireInvoice, WireItem, WireLine } from './stripe-state.js';

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

function lineFor(item: WireItem, invoice: string, trial: boolean): WireLine {
  const amount = trial ? 0 : (item.price.unit_amount ?? 0) * item.quantity;
  return {
    id: prefixed('il'),
    object: 'line_item',
    amount,
    currency: item.price.currency,
    description: null,
    discount_amounts: [],
    discountable: true,
    discounts: [],
    invoice,
    livemode: false,
    metadata: {},
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: false,
        proration_details: { credited_items: null },
        subscription: item.subscription,
        subscription_item: item.id,
      },
    },
    period: { start: item.current_period_start, end: item.current_period_end },
    pretax_credit_amounts: [],
    pricing: {
      type: 'price_details',
      price_details: { price: item.price.id, product: item.price.product },
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    quantity: item.quantity,
    quantity_decimal: String(item.quantity),
    subscription: item.subscription,
    subtotal: amount,
    taxes: [],
  };
}

type Blank = Omit<
  Stripe.Invoice,
  | 'id'
  | 'amount_due'
  | 'amount_remaining'
  | 'subtotal'
  | 'subtotal_excluding_tax'
  | 'total'
  | 'total_excluding_tax'
  | 'billing_reason'
  | 'currency'
  | 'customer'
  | 'customer_email'
  | 'customer_name'
  | 'customer_phone'
  | 'lines'
  | 'number'
  | 'parent'
  | 'period_start'
  | 'period_end'
  | 'metadata'
>;

function blankInvoice(now: number): Blank {
  return {
    object: 'invoice',
    account_country: 'US',
    account_name: 'Sandbox',
    account_tax_ids: null,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    collection_method: 'charge_automatically',
    created: now,
    custom_fields: null,
    customer_account: null,
    customer_address: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    due_date: null,
    effective_at: now,
    ending_balance: 0,
    footer: null,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    livemode: false,
    next_payment_attempt: null,
    on_behalf_of: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: 0,
    statement_descriptor: null,
    status: 'open',
    status_transitions: { finalized_at: now, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    test_clock: null,
    total_discount_amounts: [],
    total_pretax_credit_amounts: [],
    total_taxes: [],
    webhooks_delivered_at: now,
  };
}
