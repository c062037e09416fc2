const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days until an instant, a begun one counted whole; null when it has passed. */
export function daysLeft(now: Date, until: Date): number | null {
  const left = until.getTime() - now.getTime();
  return left > 0 ? Math.ceil(left / DAY_MS) : null;
}
