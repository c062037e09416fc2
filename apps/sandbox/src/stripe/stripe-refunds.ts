import type Stripe from 'stripe';
import { recordMoney } from '../money/ledger.js';
import { prefixed } from '../state/ids.js';
import type { World } from '../world.js';
import { chargeOf } from './stripe-charges.js';
import { badRequest } from './stripe-errors.js';
import { emitStripe } from './stripe-events.js';
import { subscriptionOf } from './stripe-invoices.js';
import type { WireCharge, WireInvoice } from './stripe-state.js';

/** The newest invoice of a subscription that a charge paid. */
export function paidInvoice(
  world: World,
  subscriptionId: string,
): { invoice: WireInvoice; charge: WireCharge } | undefined {
  const invoice = Object.values(world.state.stripe.invoices).findLast(
    (one) => one.status === 'paid' && one.amount_paid > 0 && subscriptionOf(one) === subscriptionId,
  );
  const charge = invoice === undefined ? undefined : chargeOf(world, invoice.id);
  return invoice === undefined || charge === undefined ? undefined : { invoice, charge };
}

/** Gives money back; the subscription runs on. @throws StripeApiError 400 on more than is left of the charge. */
export function refundCharge(world: World, charge: WireCharge, requested: number | undefined): Stripe.Refund {
  const left = charge.amount - charge.amount_refunded;
  const amount = requested ?? left;
  if (left === 0) {
    throw badRequest(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
  }
  if (amount > left) {
    throw badRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      'amount',
    );
  }
  const refund: Stripe.Refund = {
    id: prefixed('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: world.clock.seconds(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method: null,
    reason: 'requested_by_customer',
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
  world.state.stripe.refunds[refund.id] = refund;
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  noteMoney(world, charge, 'refund', amount);
  emitStripe(world, 'refund.created', refund);
  emitStripe(world, 'charge.refunded', charge, { amount_refunded: charge.amount_refunded - amount });
  return refund;
}

/** The card holder disputes a charge: the money is gone until it is won. @throws StripeApiError 400 when disputed already. */
export function disputeCharge(world: World, charge: WireCharge): Stripe.Dispute {
  if (charge.disputed) throw badRequest(`Charge ${charge.id} is already disputed.`);
  const now = world.clock.seconds();
  const dispute = { ...blankDispute(now), amount: charge.amount, currency: charge.currency };
  const made: Stripe.Dispute = {
    ...dispute,
    id: prefixed('du'),
    charge: charge.id,
    payment_intent: charge.payment_intent,
  };
  world.state.stripe.disputes[made.id] = made;
  charge.disputed = true;
  noteMoney(world, charge, 'dispute', charge.amount);
  emitStripe(world, 'charge.dispute.created', made);
  return made;
}

function noteMoney(world: World, charge: WireCharge, kind: 'refund' | 'dispute', amount: number): void {
  const { invoicePayments, invoices } = world.state.stripe;
  const payment = Object.values(invoicePayments).find(
    (one) => one.payment.payment_intent === charge.payment_intent,
  );
  const invoice = typeof payment?.invoice === 'string' ? invoices[payment.invoice] : undefined;
  recordMoney(world, {
    provider: 'stripe',
    kind,
    amount,
    currency: charge.currency,
    customer: charge.customer,
    subscription: invoice === undefined ? null : subscriptionOf(invoice),
    document: charge.id,
    reason: kind === 'refund' ? 'requested_by_customer' : 'fraudulent',
  });
}

type BlankDispute = Omit<Stripe.Dispute, 'id' | 'charge' | 'payment_intent' | 'amount' | 'currency'>;

function blankDispute(now: number): BlankDispute {
  return {
    object: 'dispute',
    balance_transactions: [],
    created: now,
    enhanced_eligibility_types: [],
    evidence: BLANK_EVIDENCE,
    evidence_details: {
      due_by: now + 7 * 86_400,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'manual',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    reason: 'fraudulent',
    status: 'needs_response',
  };
}

const BLANK_EVIDENCE: Stripe.Dispute.Evidence = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
};
