const HOUR_MS = 60 * 60 * 1000;
/** Kept free at the end of the window: clocks differ, and a report takes its time. */
const MARGIN_MS = HOUR_MS;

/** Whether a report that was first sent then might be counted twice now; with null hours ids count once for ever. */
export function isPastDedupe(firstSentAt: Date, dedupeHours: number | null, now: Date): boolean {
  if (dedupeHours === null) return false;
  return now.getTime() - firstSentAt.getTime() >= dedupeHours * HOUR_MS - MARGIN_MS;
}
