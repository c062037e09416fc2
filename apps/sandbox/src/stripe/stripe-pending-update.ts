import type { World } from '../world.js';
import { emitStripe } from './stripe-events.js';
import { openInvoice, voidInvoice } from './stripe-invoices.js';
import { installItems, type NewCycle } from './stripe-items.js';
import type { StripeSubscriptionRecord, WireItem } from './stripe-state.js';
import { update } from './stripe-subscriptions.js';

const EXPIRES_AFTER = 23 * 3600;

/** Keeps a change whose payment failed until it is paid, for 23 hours. */
export function keepPendingUpdate(
  world: World,
  record: StripeSubscriptionRecord,
  items: WireItem[],
  cycle: NewCycle,
): void {
  record.pendingItems = items;
  record.subscription.pending_update = {
    billing_cycle_anchor: cycle === 'unchanged' ? null : world.clock.seconds(),
    cancel_at_period_end: null,
    discount: null,
    discounts: null,
    expires_at: world.clock.seconds() + EXPIRES_AFTER,
    metadata: null,
    subscription_items: items,
    trial_end: null,
    trial_from_plan: null,
  };
}

/** Its invoice was paid: the change comes into force. */
export function applyPendingUpdate(world: World, record: StripeSubscriptionRecord): void {
  const { pending_update: pending } = record.subscription;
  const items = record.pendingItems;
  record.pendingItems = null;
  if (pending === null || items === null) return;
  update(world, record, () => {
    record.subscription.pending_update = null;
    installItems(world, record, items, pending.billing_cycle_anchor === null ? 'unchanged' : 'now');
  });
  emitStripe(world, 'customer.subscription.pending_update_applied', record.subscription);
}

/** Nobody paid in time: the change is forgotten and its invoice voided. */
export function expirePendingUpdate(world: World, record: StripeSubscriptionRecord): void {
  record.pendingItems = null;
  const invoice = openInvoice(world, record.subscription.id);
  if (invoice !== undefined) voidInvoice(world, invoice);
  update(world, record, () => {
    record.subscription.pending_update = null;
  });
  emitStripe(world, 'customer.subscription.pending_update_expired', record.subscription);
}
