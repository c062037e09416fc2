import { UNLIMITED } from '../limit.js';

/** Shares of a limit, in percent, that are worth telling. */
export const THRESHOLDS = [80, 100] as const;

/** The shares of `limit` that a count of `used` has reached; a limit of 0 or none has no shares. */
export function thresholdsReached(used: bigint, limit: bigint): number[] {
  if (limit === UNLIMITED || limit === 0n) return [];
  // `limit * percent` could pass what a row holds, but not what a bigint of the language does.
  return THRESHOLDS.filter((percent) => used * 100n >= limit * BigInt(percent));
}
