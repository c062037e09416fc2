/** Billing intervals both providers sell here. */
export type Interval = 'day' | 'week' | 'month' | 'year';

const DAY_MS = 86_400_000;

/**
 * The instant `count` intervals after the anchor, in UTC, clamped to the month's end.
 * Always counted from the original anchor: chaining would turn 31 Jan, 28 Feb into 28 Mar.
 */
export function addInterval(anchor: Date, interval: Interval, count: number): Date {
  if (interval === 'day') return new Date(anchor.getTime() + count * DAY_MS);
  if (interval === 'week') return new Date(anchor.getTime() + count * 7 * DAY_MS);
  const months = interval === 'month' ? count : count * 12;
  const first = new Date(anchor);
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(anchor.getUTCDate(), lastDay));
  return first;
}
