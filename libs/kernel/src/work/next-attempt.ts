import { isAway } from '../errors/is-away.js';
import { backOff } from './back-off.js';

/** After so many failures of its own an item goes to the dead letters, for staff to look at and replay. */
const MOST_ATTEMPTS = 10;
/** Whatever only waited for a part that was down is done within a minute of its return. */
const LONGEST_WHILE_AWAY_MS = 60_000;

/**
 * Milliseconds until a failed item is tried again, null when it is not. An item that failed because a part is down
 * is no worse for it, however long that lasts: it never becomes a dead letter. `random` is in [0, 1).
 */
export function nextAttempt(failures: number, error: unknown, random: number): number | null {
  const wait = backOff(failures, random);
  if (isAway(error)) return Math.min(wait, LONGEST_WHILE_AWAY_MS);
  return failures >= MOST_ATTEMPTS ? null : wait;
}
