import { lookup } from '../state/lookup.js';
import type { World } from '../world.js';
import { badRequest, missing } from './stripe-errors.js';
import { newInvoice } from './stripe-invoice-create.js';
import { billingDrafts } from './stripe-item-billing.js';
import { changesInterval, plannedItems } from './stripe-items.js';
import { periodDrafts } from './stripe-line-draft.js';
import type { PreviewParams } from './stripe-schemas.js';
import type { StripeLineDraft, StripeSubscriptionRecord, WireInvoice, WireItem } from './stripe-state.js';
import { newSubscription, periodEndAt } from './stripe-subscription-create.js';
import { prorationInstant } from './stripe-subscription-update.js';

/** The next invoice as it would be; nothing is kept. @throws StripeApiError 400 and 404. */
export function previewInvoice(world: World, params: PreviewParams): WireInvoice {
  const invoice =
    params.subscription === undefined
      ? previewNew(world, params)
      : previewChange(world, params, params.subscription);
  return { ...invoice, id: invoice.id.replace('in_', 'upcoming_in_'), status: 'draft', number: null };
}

function previewChange(world: World, params: PreviewParams, id: string): WireInvoice {
  const record = lookup(world.state.stripe.subscriptions, id);
  if (record === undefined) throw missing('subscription', id, 'subscription');
  if (record.subscription.ended_at !== null)
    throw badRequest(
      'No upcoming invoices for a canceled subscription.',
      'subscription',
      'invoice_upcoming_none',
    );
  const {
    items: changes = [],
    proration_behavior: proration = 'create_prorations',
    ...details
  } = params.subscription_details ?? {};
  const items = plannedItems(world, record, changes);
  const newCycle =
    details.billing_cycle_anchor === 'now' || changesInterval(record.subscription.items.data, items);
  const terms = {
    cycle: newCycle ? ('now' as const) : ('unchanged' as const),
    proration,
    at: prorationInstant(world, record, details.proration_date),
  };
  const drafts = [...record.pendingLines, ...billingDrafts(record, items, terms, world.clock.seconds())];
  const immediate = changes.length > 0 && (newCycle || proration === 'always_invoice');
  const all = immediate || newCycle ? drafts : [...drafts, ...nextPeriod(record, items)];
  const reason = immediate ? 'subscription_update' : 'subscription_cycle';
  return newInvoice(world, record, reason, all);
}

// What the turn of the running period will bill; nothing when a cancel is scheduled before.
function nextPeriod(record: StripeSubscriptionRecord, items: readonly WireItem[]): StripeLineDraft[] {
  const { cancel_at: cancelAt } = record.subscription;
  const ahead = items.map((item) => {
    const { interval = 'month', interval_count: every = 1 } = item.price.recurring ?? {};
    return {
      ...item,
      current_period_start: item.current_period_end,
      current_period_end: periodEndAt(record.anchor, interval, (record.cycle + 1) * every),
    };
  });
  return cancelAt === null ? periodDrafts(ahead, false) : [];
}

function previewNew(world: World, params: PreviewParams): WireInvoice {
  const { customer, subscription_details: details } = params;
  if (customer === undefined)
    throw badRequest('You must pass a customer or a subscription.', 'customer', 'parameter_missing');
  if (lookup(world.state.stripe.customers, customer) === undefined)
    throw missing('customer', customer, 'customer');
  const lines = (details?.items ?? []).map((item, index) => {
    const price = lookup(world.state.stripe.prices, item.price);
    if (price === undefined)
      throw missing('price', item.price ?? '', `subscription_details[items][${index}][price]`);
    return { price: structuredClone(price), quantity: item.quantity ?? 1 };
  });
  if (lines.length === 0) throw badRequest('Missing required param: subscription_details[items].');
  const record = newSubscription(world, {
    customerId: customer,
    lines,
    trialDays: 0,
    metadata: {},
    managedPayments: false,
  });
  const drafts = periodDrafts(record.subscription.items.data, false);
  return newInvoice(world, record, 'subscription_create', drafts);
}
