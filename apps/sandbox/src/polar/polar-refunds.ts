import type { models } from '@polar-sh/sdk/2026-10';
import { recordMoney } from '../money/ledger.js';
import { uuid } from '../state/ids.js';
import type { World } from '../world.js';
import { ORGANIZATION_ID } from './polar-catalog.js';
import { invalid } from './polar-errors.js';
import { emitOrder, emitPolar } from './polar-events.js';
import type { StoredPolarOrder } from './polar-state.js';

/** The newest order of a subscription that somebody paid for. */
export function paidOrder(world: World, subscriptionId: string): StoredPolarOrder | undefined {
  return Object.values(world.state.polar.orders).findLast(
    (order) => order.subscription_id === subscriptionId && order.paid && order.refundable_amount > 0,
  );
}

/** Gives money back; the subscription runs on. @throws PolarApiError 422 on more than is left of the order. */
export function refundOrder(
  world: World,
  order: StoredPolarOrder,
  amount: number,
  reason: models.RefundReason,
  dispute: models.RefundDispute | null = null,
): models.Refund {
  if (amount < 1 || amount > order.refundable_amount) {
    const msg = `Refund amount exceeds the refundable amount of ${order.refundable_amount}.`;
    throw invalid(['body', 'amount'], msg, amount);
  }
  const at = world.clock.iso();
  const refund: models.Refund = {
    created_at: at,
    modified_at: null,
    id: uuid(),
    metadata: {},
    status: 'succeeded',
    reason,
    amount,
    tax_amount: 0,
    currency: order.currency,
    organization_id: ORGANIZATION_ID,
    order_id: order.id,
    subscription_id: order.subscription_id,
    customer_id: order.customer_id,
    revoke_benefits: false,
    dispute,
  };
  world.state.polar.refunds[refund.id] = refund;
  order.refunded_amount += amount;
  order.refundable_amount -= amount;
  order.status = order.refundable_amount === 0 ? 'refunded' : 'partially_refunded';
  order.modified_at = at;
  noteRefund(world, order, amount, reason);
  emitPolar(world, 'refund.created', refund);
  emitOrder(world, order, 'order.updated', 'order.refunded');
  return refund;
}

/**
 * The card holder disputes an order: Polar refunds it at once with the dispute on the refund, as it does to keep
 * disputes from being lost.
 */
export function disputeOrder(world: World, order: StoredPolarOrder): models.Dispute {
  const at = world.clock.iso();
  const known: models.RefundDispute = {
    created_at: at,
    modified_at: null,
    id: uuid(),
    status: 'prevented',
    resolved: true,
    closed: true,
    amount: order.refundable_amount,
    tax_amount: 0,
    currency: order.currency,
    reason: 'fraudulent',
    evidence_due_by: null,
    past_due: false,
    order_id: order.id,
    payment_id: uuid(),
  };
  const customer = world.state.polar.customers[order.customer_id];
  if (customer === undefined) throw invalid(['path', 'id'], 'The customer of this order is gone.');
  const dispute: models.Dispute = { ...known, customer, case_id: null };
  world.state.polar.disputes[dispute.id] = dispute;
  refundOrder(world, order, order.refundable_amount, 'dispute_prevention', known);
  return dispute;
}

function noteRefund(
  world: World,
  order: StoredPolarOrder,
  amount: number,
  reason: models.RefundReason,
): void {
  recordMoney(world, {
    provider: 'polar',
    kind: reason === 'dispute_prevention' ? 'dispute' : 'refund',
    amount,
    currency: order.currency,
    customer: order.customer_id,
    subscription: order.subscription_id,
    document: order.id,
    reason,
  });
}
