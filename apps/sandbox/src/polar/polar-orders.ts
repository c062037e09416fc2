import type { models } from '@polar-sh/sdk/2026-10';
import { cardRefuses } from '../money/cards.js';
import { recordMoney } from '../money/ledger.js';
import { uuid } from '../state/ids.js';
import type { World } from '../world.js';
import { emitOrder } from './polar-events.js';
import { orderAmounts, orderLine, periodEntry } from './polar-order-lines.js';
import type { PolarBillingEntry, PolarSubscriptionRecord, StoredPolarOrder } from './polar-state.js';

/** Opens an order over the running period and whatever was left for the next bill: `order.created`. */
export function openPeriodOrder(
  world: World,
  record: PolarSubscriptionRecord,
  reason: models.OrderBillingReason,
): StoredPolarOrder {
  const product = world.state.polar.products[record.subscription.product_id];
  const entries = [...record.billingEntries, periodEntry(record, product?.name ?? 'Subscription')];
  record.billingEntries = [];
  return openOrderOver(world, record, reason, entries);
}

/** Opens an order over given lines: `order.created`. Credit is used, and a negative total becomes credit. */
export function openOrderOver(
  world: World,
  record: PolarSubscriptionRecord,
  reason: models.OrderBillingReason,
  entries: readonly PolarBillingEntry[],
): StoredPolarOrder {
  const order = pendingOrder(world, record, reason, entries);
  const { balances, orders } = world.state.polar;
  orders[order.id] = order;
  balances[order.customer_id] = (balances[order.customer_id] ?? 0) + order.applied_balance_amount;
  if (order.total_amount < 0) noteMoney(world, order, 'credit', order.applied_balance_amount);
  emitOrder(world, order, 'order.created');
  return order;
}

/** Charges an open order: true when paid, or when there was nothing to pay. */
export function chargeOrder(world: World, record: PolarSubscriptionRecord, order: StoredPolarOrder): boolean {
  if (order.due_amount > 0 && cardRefuses(world, order.customer_id, record.paymentFails)) {
    noteMoney(world, order, 'failed', order.due_amount);
    return false;
  }
  settleOrder(world, order);
  return true;
}

/** Marks an order paid and says so. */
export function settleOrder(world: World, order: StoredPolarOrder): void {
  noteMoney(world, order, 'charge', order.due_amount);
  order.status = 'paid';
  order.paid = true;
  order.refundable_amount = order.due_amount;
  order.due_amount = 0;
  order.modified_at = world.clock.iso();
  order.next_payment_attempt_at = null;
  order.receipt_number = `RCPT-${order.id.slice(0, 8)}`;
  emitOrder(world, order, 'order.updated', 'order.paid');
}

/** The newest unpaid order of a subscription. */
export function openOrder(world: World, subscriptionId: string): StoredPolarOrder | undefined {
  return Object.values(world.state.polar.orders).findLast(
    (order) => order.subscription_id === subscriptionId && order.status === 'pending',
  );
}

function noteMoney(
  world: World,
  order: StoredPolarOrder,
  kind: 'charge' | 'failed' | 'credit',
  amount: number,
): void {
  recordMoney(world, {
    provider: 'polar',
    kind,
    amount,
    currency: order.currency,
    customer: order.customer_id,
    subscription: order.subscription_id,
    document: order.id,
    reason: order.billing_reason,
  });
}

function pendingOrder(
  world: World,
  record: PolarSubscriptionRecord,
  reason: models.OrderBillingReason,
  entries: readonly PolarBillingEntry[],
): StoredPolarOrder {
  const { subscription } = record;
  const at = world.clock.iso();
  const product = world.state.polar.products[subscription.product_id];
  const total = entries.reduce((sum, entry) => sum + entry.amount, 0);
  return {
    ...orderAmounts(total, world.state.polar.balances[subscription.customer_id] ?? 0),
    id: uuid(),
    created_at: at,
    modified_at: null,
    status: 'pending',
    paid: false,
    currency: subscription.currency,
    billing_reason: reason,
    billing_name: null,
    billing_address: null,
    invoice_number: `SANDBOX-${String(Object.keys(world.state.polar.orders).length + 1).padStart(4, '0')}`,
    is_invoice_generated: false,
    receipt_number: null,
    seats: subscription.seats ?? null,
    units: null,
    customer_id: subscription.customer_id,
    product_id: subscription.product_id,
    discount_id: null,
    subscription_id: subscription.id,
    checkout_id: subscription.checkout_id,
    next_payment_attempt_at: null,
    metadata: { ...subscription.metadata },
    platform_fee_currency: null,
    discount: null,
    items: entries.map((entry) => orderLine(entry, at)),
    description: product?.name ?? 'Subscription',
  };
}
