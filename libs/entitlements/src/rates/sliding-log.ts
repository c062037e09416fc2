import type { CountedRate } from './rate-store.js';
import type { RateFacts } from './rate-verdict.js';

/**
 * The rule of all stores, here over a plain list. A log holds the instants (ms) of the latest grants, oldest first.
 *
 * **Invariant**: no span of `perSeconds`, placed anywhere, holds more than `limit` grants.
 *
 * **Rule**: a call at `at` is granted if and only if fewer than `limit` grants were recorded after
 * `at - perSeconds`, later ones included; it is recorded at `at`, or at the latest recorded instant if that is later.
 *
 * **Why it holds**: suppose some span held `limit + 1` grants. Calls about one log are decided one after another.
 * When the last of those was decided, the other `limit` were recorded, each less than `perSeconds` before it (or
 * after it: another node's clock may be ahead). So it saw `limit` of them and was refused. This needs no agreement
 * between clocks, and holds for the instants of the calls as well as for the recorded ones. With calls in the order
 * of time it refuses nothing that the invariant allows, and a whole burst of `limit` may come at once.
 *
 * **What may be forgotten**: recorded instants never decrease, so a rate is full if and only if the `limit`-th
 * latest grant counts. Older ones are never asked for; after a grant they lie outside its window, so that they do
 * not matter either when the limit is raised.
 *
 * A counter for each fixed window, or one weighed over two of them, breaks the invariant at its edges. GCRA keeps
 * it only by giving up the burst.
 */
export function factsOf(log: readonly number[], { limit, perSeconds }: CountedRate, at: Date): RateFacts {
  const after = at.getTime() - perSeconds * 1000;
  const first = log.findIndex((instant) => instant > after);
  const used = Math.min(first === -1 ? 0 : log.length - first, limit);
  return { used, since: used === 0 ? null : (log[log.length - used] ?? null) };
}

/** The log with one more grant, without what is never asked for again. */
export function withGrant(log: readonly number[], { limit }: CountedRate, at: Date): readonly number[] {
  const instant = Math.max(at.getTime(), log.at(-1) ?? -Infinity);
  return [...log, instant].slice(-limit);
}
