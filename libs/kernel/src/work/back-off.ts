const FIRST_MS = 1_000;
const LONGEST_MS = 10 * 60_000;

/**
 * How long to wait before the next attempt, in milliseconds: doubles from one second up to ten minutes, with
 * up to a quarter of jitter so that what failed together does not come back together. `random` is in [0, 1).
 */
export function backOff(failedAttempts: number, random: number): number {
  const base = Math.min(FIRST_MS * 2 ** Math.max(0, failedAttempts - 1), LONGEST_MS);
  return Math.round(base * (1 - random / 4));
}
