import { prefixed } from '../state/ids.js';
import type { StripeLineDraft, WireLine } from './stripe-state.js';

/** A draft as a line of an invoice. */
export function lineFor(draft: StripeLineDraft, invoice: string): WireLine {
  const { item, amount } = draft;
  return {
    id: prefixed('il'),
    object: 'line_item',
    amount,
    currency: item.price.currency,
    description: draft.description,
    discount_amounts: [],
    discountable: !draft.proration,
    discounts: [],
    invoice,
    livemode: false,
    metadata: {},
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration: draft.proration,
        proration_details: { credited_items: null },
        subscription: item.subscription,
        subscription_item: item.id,
      },
    },
    period: { start: draft.start, end: draft.end },
    pretax_credit_amounts: [],
    pricing: {
      type: 'price_details',
      price_details: { price: item.price.id, product: item.price.product },
      unit_amount_decimal: item.price.unit_amount_decimal,
    },
    quantity: item.quantity,
    quantity_decimal: String(item.quantity),
    subscription: item.subscription,
    subtotal: amount,
    taxes: [],
  };
}
