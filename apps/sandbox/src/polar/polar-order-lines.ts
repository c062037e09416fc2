import type { models } from '@polar-sh/sdk/2026-10';
import { uuid } from '../state/ids.js';
import type { PolarBillingEntry, PolarSubscriptionRecord, StoredPolarOrder } from './polar-state.js';

/** The running period at today's terms: one line for a subscription that is not free of lines. */
export function periodEntry(record: PolarSubscriptionRecord, label: string): PolarBillingEntry {
  const { subscription } = record;
  return {
    label,
    amount: subscription.amount,
    proration: false,
    priceId: subscription.prices[0]?.id ?? null,
    start: subscription.current_period_start,
    end: subscription.current_period_end,
  };
}

/** A billing entry as an order shows it. */
export function orderLine(entry: PolarBillingEntry, at: string): models.OrderItemSchema {
  return {
    created_at: at,
    modified_at: null,
    id: uuid(),
    label: entry.label,
    amount: entry.amount,
    tax_amount: 0,
    proration: entry.proration,
    product_price_id: entry.priceId,
    start_timestamp: entry.start,
    end_timestamp: entry.end,
  };
}

type Amounts = Pick<
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
>;

/**
 * Amounts of an order over what its lines come to, given the customer's credit (positive minor units): credit is used
 * first, and a negative total becomes credit. `applied_balance_amount` is negative when credit was used.
 */
export function orderAmounts(total: number, credit: number): Amounts {
  const applied = total < 0 ? 0 - total : 0 - Math.min(credit, total);
  return {
    subtotal_amount: total,
    discount_amount: 0,
    net_amount: total,
    tax_amount: 0,
    total_amount: total,
    applied_balance_amount: applied,
    due_amount: Math.max(0, total + applied),
    refunded_amount: 0,
    refunded_tax_amount: 0,
    platform_fee_amount: 0,
    refundable_amount: 0,
    refundable_tax_amount: 0,
  };
}
