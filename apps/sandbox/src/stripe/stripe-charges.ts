import type Stripe from 'stripe';
import { prefixed } from '../state/ids.js';
import type { World } from '../world.js';
import type { WireCharge, WireInvoice } from './stripe-state.js';

/** The charge that paid an invoice, with the invoice payment that ties the two together. */
export function newCharge(world: World, invoice: WireInvoice): WireCharge {
  const intent = prefixed('pi');
  const charge: WireCharge = {
    ...blankCharge(),
    id: prefixed('ch'),
    amount: invoice.amount_due,
    amount_captured: invoice.amount_due,
    created: world.clock.seconds(),
    currency: invoice.currency,
    customer: invoice.customer,
    payment_intent: intent,
  };
  world.state.stripe.charges[charge.id] = charge;
  const payment = invoicePayment(world, invoice, intent);
  world.state.stripe.invoicePayments[payment.id] = payment;
  return charge;
}

/** The charge behind a paid invoice. Since 2025-03-31 neither names the other: the invoice payment does. */
export function chargeOf(world: World, invoiceId: string): WireCharge | undefined {
  const { charges, invoicePayments } = world.state.stripe;
  const payment = Object.values(invoicePayments).find((one) => one.invoice === invoiceId);
  return Object.values(charges).find((one) => one.payment_intent === payment?.payment.payment_intent);
}

function invoicePayment(world: World, invoice: WireInvoice, intent: string): Stripe.InvoicePayment {
  const now = world.clock.seconds();
  return {
    id: prefixed('inpay'),
    object: 'invoice_payment',
    amount_paid: invoice.amount_due,
    amount_requested: invoice.amount_due,
    created: now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: intent },
    status: 'paid',
    status_transitions: { canceled_at: null, paid_at: now },
  };
}

type Blank = Omit<
  WireCharge,
  'id' | 'amount' | 'amount_captured' | 'created' | 'currency' | 'customer' | 'payment_intent'
>;

function blankCharge(): Blank {
  return {
    object: 'charge',
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: null,
    captured: true,
    description: 'Subscription',
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: null,
    livemode: false,
    metadata: {},
    on_behalf_of: null,
    outcome: null,
    paid: true,
    payment_method: null,
    payment_method_details: null,
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'succeeded',
    transfer_data: null,
    transfer_group: null,
  };
}
