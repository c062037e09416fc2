import fc from 'fast-check';
import {
  RateStore,
  type CountedRate,
  type RateVerdict,
} from '../../../libs/entitlements/src/rates/rate-store.js';

/** The largest number of instants (ms) in any half-open span of `perSeconds`, wherever it is placed. */
export function mostInAnySpan(instants: readonly number[], perSeconds: number): number {
  const sorted = instants.toSorted((one, other) => one - other);
  let first = 0;
  return sorted.reduce((most, instant, index) => {
    while ((sorted[first] ?? instant) <= instant - perSeconds * 1000) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}

/** Remembers every grant for ever, and counts them all for every call: slow and plainly right. */
export class NaiveRates {
  private readonly grants = new Map<CountedRate, number[]>();

  /** Whether a call may be granted, all earlier ones lying before it. */
  allows(rates: readonly CountedRate[], at: number): boolean {
    return rates.every((rate) => {
      const all = this.grants.get(rate) ?? [];
      return all.filter((instant) => instant > at - rate.perSeconds * 1000).length < rate.limit;
    });
  }

  record(rates: readonly CountedRate[], at: number): void {
    for (const rate of rates) this.grants.set(rate, [...(this.grants.get(rate) ?? []), at]);
  }

  /** The most that any span holds, rate by rate. */
  most(): { rate: CountedRate; most: number }[] {
    return [...this.grants].map(([rate, all]) => ({ rate, most: mostInAnySpan(all, rate.perSeconds) }));
  }
}

let runs = 0;
const RATES = [
  { limit: 3, perSeconds: 1 },
  { limit: 7, perSeconds: 5 },
  { limit: 20, perSeconds: 60 },
];
const step = fc.record({
  // Bursts, edges of windows to the millisecond, and pauses.
  pause: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(0, 1, 10) },
    { weight: 3, arbitrary: fc.constantFrom(333, 999, 1000, 1001) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 70_000 }) },
  ),
  asks: fc.subarray([0, 1, 2], { minLength: 1 }),
});

/** Holds a store against the naive one: the same answer to every call, and `retryAfterSeconds` to the second. */
export async function assertLikeNaive(store: RateStore, numRuns: number, steps: number): Promise<void> {
  const walks = fc.array(step, { minLength: steps, maxLength: steps, size: 'max' });
  const walk = fc.asyncProperty(walks, async (walked) => {
    const name = `walk ${(runs += 1)}`;
    const known = RATES.map((rate, index) => ({ key: `${name}.${index}`, ...rate }));
    const naive = new NaiveRates();
    let at = Date.UTC(2026, 10, 23);
    for (const { pause, asks } of walked) {
      at += pause;
      const rates = asks.flatMap((index) => known[index] ?? []);
      const verdict = await store.spend(rates, new Date(at));
      complain(naive, rates, at, verdict);
      if (verdict.allowed) naive.record(rates, at);
    }
    for (const { rate, most } of naive.most())
      if (most > rate.limit) throw new Error(`${most} of ${rate.limit} in a window`);
  });
  await fc.assert(walk, { numRuns, endOnFailure: true });
}

function complain(naive: NaiveRates, rates: readonly CountedRate[], at: number, verdict: RateVerdict): void {
  if (verdict.allowed !== naive.allows(rates, at)) throw new Error(`allowed: ${verdict.allowed}`);
  if (verdict.allowed) return;
  const wait = verdict.retryAfterSeconds;
  if (!naive.allows(rates, at + wait * 1000)) throw new Error(`${wait} s are too short`);
  if (naive.allows(rates, at + (wait - 1) * 1000)) throw new Error(`${wait} s are too long`);
}
