/** From this version on periods stand on items and invoices name their subscription through `parent`. */
const BASIL = '2025-03-31';

/** Versions in which an endpoint of this stand-in can have its events rendered. */
export const STRIPE_VERSIONS = ['2024-06-20', '2025-03-31.basil', '2025-09-30.clover', '2026-10-28.endive'];

type Json = Record<string, unknown>;

/** An event's object as a version shows it; the present shape from basil on. */
export function asOfVersion(object: unknown, version: string): unknown {
  if (version >= BASIL || !isObject(object)) return object;
  switch (object['object']) {
    case 'subscription':
      return olderSubscription(object);
    case 'invoice':
      return olderInvoice(object);
    case 'checkout.session':
      return { ...object, ui_mode: 'hosted' };
    default:
      return object;
  }
}

/** The old values of a change as a version shows them: a moved item's period was the subscription's own. */
export function previousAsOfVersion(previous: unknown, version: string): unknown {
  if (version >= BASIL || !isObject(previous)) return previous;
  const [item] = dataOf(previous['items']);
  if (item === undefined) return previous;
  const { current_period_start: start, current_period_end: end } = item;
  return { ...previous, current_period_start: start, current_period_end: end };
}

function olderSubscription(now: Json): Json {
  const items = dataOf(now['items']);
  const [first] = items;
  const { billing_mode: _mode, managed_payments: _managed, billing_schedules: _schedules, ...rest } = now;
  return {
    ...rest,
    current_period_start: first?.['current_period_start'] ?? null,
    current_period_end: Math.max(...items.map((item) => Number(item['current_period_end']))),
    discount: null,
    plan: items.length === 1 ? first?.['plan'] : null,
    quantity: items.length === 1 ? first?.['quantity'] : null,
    items: { ...(isObject(now['items']) ? now['items'] : {}), data: items.map(olderItem) },
  };
}

function olderItem(item: Json): Json {
  const { current_period_start: _start, current_period_end: _end, current_trial: _trial, ...rest } = item;
  return rest;
}

function olderInvoice(now: Json): Json {
  const { parent, total_taxes: _taxes, ...rest } = now;
  const details =
    isObject(parent) && isObject(parent['subscription_details']) ? parent['subscription_details'] : {};
  return {
    ...rest,
    subscription: details['subscription'] ?? null,
    subscription_details: { metadata: details['metadata'] ?? null },
    paid: now['status'] === 'paid',
    charge: null,
    payment_intent: null,
    discount: null,
    tax: null,
    lines: { ...(isObject(now['lines']) ? now['lines'] : {}), data: dataOf(now['lines']).map(olderLine) },
  };
}

function olderLine(line: Json): Json {
  const { parent, pricing, ...rest } = line;
  const details =
    isObject(parent) && isObject(parent['subscription_item_details'])
      ? parent['subscription_item_details']
      : {};
  const price = isObject(pricing) && isObject(pricing['price_details']) ? pricing['price_details'] : {};
  return {
    ...rest,
    type: 'subscription',
    proration: details['proration'] ?? false,
    subscription_item: details['subscription_item'] ?? null,
    price: { id: price['price'], object: 'price', product: price['product'] },
  };
}

function dataOf(list: unknown): Json[] {
  return isObject(list) && Array.isArray(list['data']) ? list['data'].filter(isObject) : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
