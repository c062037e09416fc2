import type Stripe from 'stripe';
import { prefixed } from '../state/ids.js';
import type { World } from '../world.js';
import { blankInvoice } from './stripe-invoice-blank.js';
import { lineFor } from './stripe-invoice-line.js';
import type { StripeLineDraft, StripeSubscriptionRecord, WireInvoice } from './stripe-state.js';

/** Why an invoice came to be. */
export type InvoiceReason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';

/**
 * An invoice over the drafts, not yet kept nor announced. The customer's credit (a negative balance) is used first; a
 * negative total becomes credit.
 */
export function newInvoice(
  world: World,
  record: StripeSubscriptionRecord,
  reason: InvoiceReason,
  drafts: readonly StripeLineDraft[],
): WireInvoice {
  const { subscription } = record;
  const id = prefixed('in');
  const lines = drafts.map((draft) => lineFor(draft, id));
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  const now = world.clock.seconds();
  const customer = world.state.stripe.customers[subscription.customer];
  const [item] = subscription.items.data;
  const balance = customer?.balance ?? 0;
  const due = Math.max(0, total + balance);
  return {
    ...blankInvoice(now),
    ...amountsOf(total, due, balance),
    id,
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

type Amounts = Pick<
  Stripe.Invoice,
  | 'amount_due'
  | 'amount_remaining'
  | 'subtotal'
  | 'subtotal_excluding_tax'
  | 'total'
  | 'total_excluding_tax'
  | 'starting_balance'
  | 'ending_balance'
>;

function amountsOf(total: number, due: number, balance: number): Amounts {
  return {
    amount_due: due,
    amount_remaining: due,
    subtotal: total,
    subtotal_excluding_tax: total,
    total,
    total_excluding_tax: total,
    starting_balance: balance,
    ending_balance: Math.min(0, total + balance),
  };
}
