const DAY_MS = 24 * 60 * 60 * 1000;

/** The end of the grace period, exclusive: first failure plus whole days of 24 hours. With 0 days there is none. */
export function graceUntil(pastDueSince: Date, graceDays: number): Date {
  return new Date(pastDueSince.getTime() + graceDays * DAY_MS);
}
