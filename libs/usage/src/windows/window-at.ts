import { addMonths, daysFrom } from './calendar.js';

/** The span a quota counts in. Hours, days and months are calendar spans in UTC; a billing period is a monthly slice. */
export type WindowKind = 'hour' | 'day' | 'month' | 'billing_period';

/** The window `[start, end)` that an instant lies in. */
export interface UsageWindow {
  readonly start: Date;
  /** Exclusive: this instant belongs to the next window. */
  readonly end: Date;
  /** Start of the window whose units this one opens with; set only in the first window under a moved anchor. */
  readonly opensWith: Date | null;
}

/** The instant that billing periods are counted from. */
export interface BillingAnchor {
  readonly at: Date;
  /** When this anchor came into force, and the one before it; null when it never moved. */
  readonly moved: { readonly since: Date; readonly before: Date } | null;
}

const HOUR_MS = 3_600_000;

/**
 * The window of this kind that `at` lies in. Billing period k begins at anchor + k months, clamped to the month's
 * end and never chained (31 Jan, 28 Feb, 31 Mar); k may be negative. When the anchor moved, instants before the
 * move keep the windows of the old anchor, and the first window under the new one names the window it cuts short.
 */
export function windowAt(kind: WindowKind, anchor: BillingAnchor, at: Date): UsageWindow {
  switch (kind) {
    case 'hour': {
      const start = Math.floor(at.getTime() / HOUR_MS) * HOUR_MS;
      return { start: new Date(start), end: new Date(start + HOUR_MS), opensWith: null };
    }
    case 'day': {
      const start = daysFrom(at, 0);
      return { start, end: daysFrom(at, 1), opensWith: null };
    }
    case 'month':
      return { ...periodAt(new Date(0), at), opensWith: null };
    case 'billing_period':
      return billingPeriodAt(anchor, at);
  }
}

function billingPeriodAt({ at: anchor, moved }: BillingAnchor, at: Date): UsageWindow {
  if (moved === null) return { ...periodAt(anchor, at), opensWith: null };
  if (at < moved.since) return { ...periodAt(moved.before, at), opensWith: null };
  const period = periodAt(anchor, at);
  if (period.start > moved.since) return { ...period, opensWith: null };
  const cutShort = periodAt(moved.before, moved.since).start;
  // Both begin at once: it is the same row, and holds those units already.
  const isSame = cutShort.getTime() === period.start.getTime();
  return { ...period, opensWith: isSame ? null : cutShort };
}

/** The slice `[anchor + k months, anchor + (k + 1) months)` that `at` lies in. */
function periodAt(anchor: Date, at: Date): { start: Date; end: Date } {
  const years = at.getUTCFullYear() - anchor.getUTCFullYear();
  // In its last month the slice may not have begun yet: then it is the one before.
  const guess = years * 12 + at.getUTCMonth() - anchor.getUTCMonth();
  const k = addMonths(anchor, guess) <= at ? guess : guess - 1;
  return { start: addMonths(anchor, k), end: addMonths(anchor, k + 1) };
}
