import type { OwnerFacts } from '../decisions/owner-facts.js';

/**
 * The first instant (ms) after `at` at which an answer about this owner may change by itself: an assignment or an
 * override begins or ends, or grace begins. Infinity when none does. **Invariant**: between `at` and that instant every
 * decision about the owner is the same.
 */
export function nextChange({ assignments, overrides }: OwnerFacts, at: Date): number {
  let next = Number.POSITIVE_INFINITY;
  const consider = (instant: Date | null): void => {
    if (instant !== null && instant > at) next = Math.min(next, instant.getTime());
  };
  for (const { from, to, graceSince } of assignments) {
    consider(from);
    consider(to);
    consider(graceSince);
  }
  for (const { from, to } of overrides) {
    consider(from);
    consider(to);
  }
  return next;
}
