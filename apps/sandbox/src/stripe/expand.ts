import { lookup } from '../state/lookup.js';
import { sessionLines } from './stripe-checkout-view.js';
import { badRequest } from './stripe-errors.js';
import type { StripeState } from './stripe-state.js';

const MAX_LEVELS = 4;

/**
 * Puts objects in the place of ids, as `expand` asks (`latest_invoice`, `data.product`, `items.data.price.product`).
 * The answer is a copy. @throws StripeApiError 400 on more than four levels.
 */
export function expand(state: StripeState, answer: unknown, paths: readonly string[] = []): unknown {
  if (paths.length === 0) return answer;
  const copy: unknown = structuredClone(answer);
  for (const path of paths) {
    const keys = path.split('.');
    if (keys.length > MAX_LEVELS) {
      throw badRequest(
        `You cannot expand more than ${MAX_LEVELS} levels of a property. Property: ${path}`,
        'expand',
      );
    }
    walk(state, copy, keys);
  }
  return copy;
}

function walk(state: StripeState, node: unknown, keys: readonly string[]): void {
  const [key, ...rest] = keys;
  if (key === undefined || node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const one of node) walk(state, one, keys);
    return;
  }
  const record = node as Record<string, unknown>;
  if (key === 'line_items' && typeof record['id'] === 'string')
    record[key] = sessionLines(state, record['id']);
  if (key === 'confirmation_secret' && record['object'] === 'invoice')
    record[key] = confirmationSecretOf(record);
  const value = Object.hasOwn(record, key) ? record[key] : undefined;
  if (typeof value === 'string') record[key] = structuredClone(find(state, value)) ?? value;
  walk(state, record[key], rest);
}

// Only an invoice that still has to be paid by its customer has one.
function confirmationSecretOf(invoice: Record<string, unknown>): unknown {
  if (invoice['status'] !== 'open') return null;
  return { type: 'payment_intent', client_secret: `pi_${String(invoice['id'])}_secret_sandbox` };
}

function find(state: StripeState, id: string): unknown {
  return (
    lookup(state.products, id) ??
    lookup(state.prices, id) ??
    lookup(state.customers, id) ??
    lookup(state.invoices, id) ??
    lookup(state.subscriptions, id)?.subscription
  );
}
