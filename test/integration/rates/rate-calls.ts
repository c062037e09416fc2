import { RateStore, type CountedRate } from '../../../libs/entitlements/src/rates/rate-store.js';

let keys = 0;

/** A rate that nobody has spent of yet. */
export function rateOf(limit: number, perSeconds: number): CountedRate {
  return { key: `feature:user:${(keys += 1)}`, limit, perSeconds };
}

/** So many milliseconds after a fixed instant. */
export function moment(milliseconds: number): Date {
  return new Date(Date.UTC(2026, 10, 23, 12) + milliseconds);
}

/** Spends, and throws unless it was granted. */
export async function granted(store: RateStore, rates: readonly CountedRate[], at: Date): Promise<void> {
  const verdict = await store.spend(rates, at);
  if (!verdict.allowed) throw new Error(`refused: ${JSON.stringify(verdict)}`);
}

/** How many of so many calls at once are granted, spread over the stores. */
export async function grantsOf(
  stores: readonly RateStore[],
  calls: number,
  rates: readonly CountedRate[],
  at: Date,
): Promise<number> {
  const answers = Array.from({ length: calls }, (_, call) => stores[call % stores.length]?.spend(rates, at));
  return (await Promise.all(answers)).filter((verdict) => verdict?.allowed).length;
}
