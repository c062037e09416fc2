const FREE_FAILURES = 3;
const LONGEST_SECONDS = 15 * 60;

/**
 * How long the next attempt must wait after so many failures in a row, in seconds: nothing for the first three
 * (people mistype), then 1, 2, 4 … up to fifteen minutes. Never for ever: nobody is locked out.
 */
export function attemptDelay(failures: number): number {
  return failures <= FREE_FAILURES ? 0 : Math.min(2 ** (failures - FREE_FAILURES - 1), LONGEST_SECONDS);
}
