import type { World } from '../world.js';
import { chargeInvoice, openInvoiceOver } from './stripe-invoices.js';
import { unusedDrafts } from './stripe-line-draft.js';
import type { StripeSubscriptionRecord } from './stripe-state.js';
import { cancelNow } from './stripe-subscriptions.js';

/**
 * Cancels at once. `prorate` gives the unused time back and `invoice_now` bills what is pending with it; without
 * `invoice_now` the credit waits for an invoice that never comes, as at Stripe.
 */
export function cancelWithBilling(
  world: World,
  record: StripeSubscriptionRecord,
  { prorate, invoiceNow }: { prorate: boolean; invoiceNow: boolean },
): void {
  const { subscription } = record;
  const unused =
    prorate && subscription.status !== 'trialing'
      ? unusedDrafts(subscription.items.data, world.clock.seconds())
      : [];
  record.pendingLines.push(...unused);
  if (invoiceNow && record.pendingLines.length > 0) {
    const lines = record.pendingLines;
    record.pendingLines = [];
    chargeInvoice(world, record, openInvoiceOver(world, record, 'subscription_update', lines));
  }
  cancelNow(world, record);
}

/**
 * A scheduled cancel comes: prorations that waited are collected with the end of the period.
 * Nothing says so of a paused subscription, so this stand-in leaves them unpaid there.
 */
export function endAsScheduled(world: World, record: StripeSubscriptionRecord): void {
  const lines = record.pendingLines;
  if (lines.length > 0 && record.subscription.status !== 'paused') {
    record.pendingLines = [];
    chargeInvoice(world, record, openInvoiceOver(world, record, 'subscription_cycle', lines));
  }
  cancelNow(world, record);
}
