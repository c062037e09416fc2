import type Stripe from 'stripe';
import { lookup } from '../state/lookup.js';
import type { StripeCheckoutRecord, StripeState, WirePrice } from './stripe-state.js';

type WireLineItem = Omit<Stripe.LineItem, 'price'> & { price: WirePrice };

/** A session's line items, which the API shows only on request. */
export function sessionLines(
  state: StripeState,
  sessionId: string,
): Stripe.ApiList<WireLineItem> | undefined {
  const record = lookup(state.checkouts, sessionId);
  if (record === undefined) return undefined;
  const data = record.lines.flatMap(({ priceId, quantity }, index): WireLineItem[] => {
    const price = lookup(state.prices, priceId);
    if (price === undefined) return [];
    const amount = (price.unit_amount ?? 0) * quantity;
    return [
      {
        id: `li_${index}_${sessionId}`,
        object: 'item',
        adjustable_quantity: null,
        amount_discount: 0,
        amount_subtotal: amount,
        amount_tax: 0,
        amount_total: amount,
        currency: price.currency,
        description: lookup(state.products, price.product)?.name ?? null,
        metadata: {},
        price,
        quantity,
      },
    ];
  });
  return { object: 'list', data, has_more: false, url: `/v1/checkout/sessions/${sessionId}/line_items` };
}

/** Minor units of one interval of everything in the session. */
export function sessionAmount(state: StripeState, lines: StripeCheckoutRecord['lines']): number {
  return lines.reduce(
    (sum, line) => sum + (lookup(state.prices, line.priceId)?.unit_amount ?? 0) * line.quantity,
    0,
  );
}
