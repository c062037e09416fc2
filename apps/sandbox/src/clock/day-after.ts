const DAY_MS = 86_400_000;

/** The instant (ms) a whole number of days after an ISO instant. */
export function dayAfter(iso: string, days: number): number {
  return Date.parse(iso) + days * DAY_MS;
}
