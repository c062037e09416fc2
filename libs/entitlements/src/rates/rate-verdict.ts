import type { CountedRate, RateState, RateVerdict } from './rate-store.js';

/** What a log of grants tells about one rate at an instant. */
export interface RateFacts {
  /** Grants that count at this instant, at most the limit. */
  readonly used: number;
  /** Instant (ms) of the counted grant whose leaving frees the next place; null when nothing counts. */
  readonly since: number | null;
}

/** Whether the rate has no place left. */
export function isFull({ limit }: CountedRate, { used }: RateFacts): boolean {
  return used >= limit;
}

/**
 * Turns what the logs tell into the answer; `facts` in the order of `rates`, taken after the places were, if they
 * were. A refused caller waits for the slowest of the full rates: until then the others only get emptier.
 */
export function rateVerdict(
  rates: readonly CountedRate[],
  facts: readonly RateFacts[],
  at: Date,
  granted: boolean,
): RateVerdict {
  const told = rates.map((rate, place) => ({ rate, facts: facts[place] ?? { used: 0, since: null } }));
  const states = told.map((one) => stateOf(one.rate, one.facts, at));
  if (granted) return { allowed: true, rates: states };
  const full = states.filter((_, place) => told[place] && isFull(told[place].rate, told[place].facts));
  // Refused, yet nothing is full any more: another node, far ahead in time, has tidied up meanwhile.
  const waiting = full.length > 0 ? full : states;
  const slowest = waiting.reduce((one, other) => (other.resetInSeconds > one.resetInSeconds ? other : one));
  return {
    allowed: false,
    retryAfterSeconds: slowest.resetInSeconds,
    refusedKey: slowest.key,
    rates: states,
  };
}

/** A grant leaves the window exactly `perSeconds` after it; the caller is told the whole second that follows. */
function stateOf({ key, limit, perSeconds }: CountedRate, { used, since }: RateFacts, at: Date): RateState {
  const leavesIn = since === null ? perSeconds : Math.ceil((since + perSeconds * 1000 - at.getTime()) / 1000);
  return { key, limit, perSeconds, remaining: Math.max(0, limit - used), resetInSeconds: leavesIn };
}
