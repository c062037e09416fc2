import type { World } from '../world.js';
import { emitStripe } from './stripe-events.js';
import { chargeInvoice, openPeriodInvoice, voidInvoice } from './stripe-invoices.js';
import type { StripeSubscriptionRecord } from './stripe-state.js';

/**
 * Invoices a turned period and takes the money; while collection is paused the invoice goes where the pause says and
 * nobody is charged. False when the card refused.
 */
export function collectPeriod(world: World, record: StripeSubscriptionRecord): boolean {
  const invoice = openPeriodInvoice(world, record, 'subscription_cycle');
  const behavior = record.subscription.pause_collection?.behavior;
  if (behavior === undefined) return chargeInvoice(world, record, invoice);
  if (behavior === 'void') voidInvoice(world, invoice);
  else if (behavior === 'mark_uncollectible') {
    invoice.status = 'uncollectible';
    invoice.status_transitions.marked_uncollectible_at = world.clock.seconds();
    emitStripe(world, 'invoice.marked_uncollectible', invoice);
  } else {
    invoice.status = 'draft';
    invoice.auto_advance = false;
  }
  return true;
}
