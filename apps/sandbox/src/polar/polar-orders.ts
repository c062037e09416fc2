import type { models } from '@polar-sh/sdk/2026-10';
import { uuid } from '../state/ids.js';
import type { World } from '../world.js';
import { emitOrder } from './polar-events.js';
import type { PolarSubscriptionRecord, StoredPolarOrder } from './polar-state.js';

/** Bills the running period of a subscription: `order.created`, then `order.paid` (or the order stays pending). */
export function billPeriod(
  world: World,
  record: PolarSubscriptionRecord,
  reason: models.OrderBillingReason,
  paid: boolean,
): StoredPolarOrder {
  const order = pendingOrder(world, record, reason);
  world.state.polar.orders[order.id] = order;
  emitOrder(world, order, 'order.created');
  if (paid) settleOrder(world, order);
  return order;
}

/** Marks an order paid and says so. */
export function settleOrder(world: World, order: StoredPolarOrder): void {
  order.status = 'paid';
  order.paid = true;
  order.due_amount = 0;
  order.modified_at = world.clock.iso();
  order.receipt_number = `RCPT-${order.id.slice(0, 8)}`;
  order.refundable_amount = order.net_amount;
  emitOrder(world, order, 'order.updated', 'order.paid');
}

/** The newest unpaid order of a subscription. */
export function openOrder(world: World, subscriptionId: string): StoredPolarOrder | undefined {
  return Object.values(world.state.polar.orders).findLast(
    (order) => order.subscription_id === subscriptionId && order.status === 'pending',
  );
}

function pendingOrder(
  world: World,
  record: PolarSubscriptionRecord,
  reason: models.OrderBillingReason,
): StoredPolarOrder {
  const { subscription } = record;
  const { amount } = subscription;
  const at = world.clock.iso();
  const product = world.state.polar.products[subscription.product_id];
  return {
    ...amounts(amount),
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
    items: [
      lineFor(subscription.prices[0]?.id ?? null, product?.name ?? 'Subscription', amount, at, subscription),
    ],
    description: product?.name ?? 'Subscription',
  };
}

function amounts(
  amount: number,
): Pick<
  StoredPolarOrder,
  | 'subtotal_amount'
  | 'discount_amount'
  | 'net_amount'
  | 'tax_amount'
  | 'total_amount'
  | 'applied_balance_amount'
  | 'due_amount'
  | 'refunded_amount'
  | 'refunded_tax_amount'
  | 'platform_fee_amount'
  | 'refundable_amount'
  | 'refundable_tax_amount'
> {
  return {
    subtotal_amount: amount,
    discount_amount: 0,
    net_amount: amount,
    tax_amount: 0,
    total_amount: amount,
    applied_balance_amount: 0,
    due_amount: amount,
    refunded_amount: 0,
    refunded_tax_amount: 0,
    platform_fee_amount: 0,
    refundable_amount: 0,
    refundable_tax_amount: 0,
  };
}

function lineFor(
  priceId: string | null,
  label: string,
  amount: number,
  at: string,
  period: { current_period_start: string; current_period_end: string },
): models.OrderItemSchema {
  return {
    created_at: at,
    modified_at: null,
    id: uuid(),
    label,
    amount,
    tax_amount: 0,
    proration: false,
    product_price_id: priceId,
    start_timestamp: period.current_period_start,
    end_timestamp: period.current_period_end,
  };
}
