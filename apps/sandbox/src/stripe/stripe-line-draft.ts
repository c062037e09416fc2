import { prorateChange } from '../money/proration.js';
import type { StripeLineDraft, WireItem } from './stripe-state.js';

/** The running period of every item at today's terms; free during a trial. */
export function periodDrafts(items: readonly WireItem[], trial: boolean): StripeLineDraft[] {
  return items.map((item) => ({
    item: { id: item.id, subscription: item.subscription, price: item.price, quantity: item.quantity },
    amount: trial ? 0 : amountOfItem(item),
    proration: false,
    description: null,
    start: item.current_period_start,
    end: item.current_period_end,
  }));
}

/**
 * What a change of items costs for the rest of the running period: unused time at the old terms is given back, the
 * remaining time at the new ones is taken, for every item that changed. `at` is in seconds.
 */
export function changeDrafts(
  before: readonly WireItem[],
  after: readonly WireItem[],
  at: number,
): StripeLineDraft[] {
  const drafts: StripeLineDraft[] = [];
  for (const old of before) {
    const now = after.find((one) => one.id === old.id);
    if (now !== undefined && sameTerms(old, now)) continue;
    drafts.push(...changeOf(old, now, at));
  }
  for (const added of after) {
    if (before.some((one) => one.id === added.id)) continue;
    const window = { start: added.current_period_start, end: added.current_period_end, at };
    const { debit } = prorateChange(0, amountOfItem(added), window);
    drafts.push(draft(added, debit, `Remaining time on ${describe(added)}`, at));
  }
  return drafts;
}

/** Unused time of every item given back: what a cancel with `prorate`, or a new billing cycle, begins with. */
export function unusedDrafts(items: readonly WireItem[], at: number): StripeLineDraft[] {
  return items.flatMap((item) => changeOf(item, undefined, at));
}

/** Minor units of one whole period of an item. */
export function amountOfItem(item: { price: WireItem['price']; quantity: number }): number {
  return (item.price.unit_amount ?? 0) * item.quantity;
}

function changeOf(old: WireItem, now: WireItem | undefined, at: number): StripeLineDraft[] {
  const window = { start: old.current_period_start, end: old.current_period_end, at };
  const { credit, debit } = prorateChange(
    amountOfItem(old),
    now === undefined ? 0 : amountOfItem(now),
    window,
  );
  const drafts = [draft(old, credit, `Unused time on ${describe(old)}`, at)];
  if (now !== undefined) drafts.push(draft(now, debit, `Remaining time on ${describe(now)}`, at));
  return drafts.filter((one) => one.amount !== 0);
}

function draft(item: WireItem, amount: number, description: string, at: number): StripeLineDraft {
  return {
    item: { id: item.id, subscription: item.subscription, price: item.price, quantity: item.quantity },
    amount,
    proration: true,
    description,
    start: at,
    end: item.current_period_end,
  };
}

function describe(item: WireItem): string {
  return `${item.quantity} × ${item.price.lookup_key ?? item.price.id}`;
}

function sameTerms(left: WireItem, right: WireItem): boolean {
  return left.price.id === right.price.id && left.quantity === right.quantity;
}
