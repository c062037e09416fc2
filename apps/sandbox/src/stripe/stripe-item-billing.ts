import { cardRefuses } from '../money/cards.js';
import type { World } from '../world.js';
import { cardDeclined } from './stripe-errors.js';
import { newInvoice } from './stripe-invoice-create.js';
import { failInvoice, failUnkept, openInvoiceOver, payInvoice } from './stripe-invoices.js';
import { installItems, restarted, type NewCycle } from './stripe-items.js';
import { changeDrafts, periodDrafts, unusedDrafts } from './stripe-line-draft.js';
import { keepPendingUpdate } from './stripe-pending-update.js';
import type { StripeLineDraft, StripeSubscriptionRecord, WireItem } from './stripe-state.js';

/** How a change of items is billed. */
export interface ItemBilling {
  cycle: NewCycle;
  proration: 'create_prorations' | 'always_invoice' | 'none';
  payment: 'allow_incomplete' | 'error_if_incomplete' | 'pending_if_incomplete' | 'default_incomplete';
  /** Second from which time counts as unused. */
  at: number;
}

/** What became of a change: in force, or waiting for its payment; `owed` when it is in force and unpaid. */
export type ItemOutcome = 'applied' | 'owed' | 'pending';

/** Lines that a change puts on an invoice: unused and remaining time, or a whole new period. */
export function billingDrafts(
  record: StripeSubscriptionRecord,
  items: readonly WireItem[],
  { cycle, proration, at }: Pick<ItemBilling, 'cycle' | 'proration' | 'at'>,
  now: number,
): StripeLineDraft[] {
  const before = record.subscription.items.data;
  if (record.subscription.status === 'trialing') return [];
  if (cycle === 'now') {
    const unused = proration === 'none' ? [] : unusedDrafts(before, at);
    return [...unused, ...periodDrafts(restarted(items, now), false)];
  }
  return proration === 'none' ? [] : changeDrafts(before, items, at);
}

/**
 * Bills a change of items and puts it into force. A new cycle and `always_invoice` invoice at once; the rest waits for
 * the next invoice. @throws StripeApiError 402 by `error_if_incomplete`; nothing is changed then.
 */
export function billItems(
  world: World,
  record: StripeSubscriptionRecord,
  items: WireItem[],
  billing: ItemBilling,
): ItemOutcome {
  const drafts = billingDrafts(record, items, billing, world.clock.seconds());
  const { customer, status } = record.subscription;
  const immediate =
    status !== 'trialing' && (billing.cycle === 'now' || billing.proration === 'always_invoice');
  if (!immediate) {
    record.pendingLines.push(...drafts);
    installItems(world, record, items, status === 'trialing' ? 'unchanged' : billing.cycle);
    return 'applied';
  }
  const lines = [...record.pendingLines, ...drafts];
  const balance = world.state.stripe.customers[customer]?.balance ?? 0;
  const due = lines.reduce((sum, line) => sum + line.amount, 0) + balance;
  const refused = due > 0 && cardRefuses(world, customer, record.paymentFails);
  if (refused && billing.payment === 'error_if_incomplete') {
    failUnkept(world, newInvoice(world, record, 'subscription_update', lines));
    throw cardDeclined();
  }
  record.pendingLines = [];
  const invoice =
    lines.length === 0 ? undefined : openInvoiceOver(world, record, 'subscription_update', lines);
  if (invoice !== undefined && !refused) payInvoice(world, invoice);
  if (invoice !== undefined && refused) failInvoice(world, invoice);
  if (refused && billing.payment === 'pending_if_incomplete') {
    keepPendingUpdate(world, record, items, billing.cycle);
    return 'pending';
  }
  installItems(world, record, items, billing.cycle);
  return refused ? 'owed' : 'applied';
}
