import { describe, expect, it } from '@jest/globals';
import { assertLikeNaive } from '../../../../test/integration/rates/naive-rates.js';
import { MemoryRateStore } from './memory-rate-store.js';
import { RateStore, type CountedRate, type RateVerdict } from './rate-store.js';
import { rateVerdict } from './rate-verdict.js';

describe('10,000 calls at random instants', () => {
  it('G17 never pass the limit of any window, and are never refused or kept waiting without need', async () => {
    await assertLikeNaive(new MemoryRateStore(), 20, 500);
  });

  it.each([
    ['counted in fixed windows', (at: number, span: number) => Math.floor(at / span) * span],
    ['counted a millisecond too long', (at: number, span: number) => at - span],
    ['counted a millisecond too short', (at: number, span: number) => at - span + 2],
  ])('are found wrong when %s', async (_, startOf) => {
    await expect(assertLikeNaive(new BrokenRateStore(startOf), 20, 500)).rejects.toThrow(/Property failed/);
  });
});

/** Counts from a wrong instant on. */
class BrokenRateStore extends RateStore {
  private readonly grants = new Map<string, number[]>();

  constructor(private readonly startOf: (at: number, span: number) => number) {
    super();
  }

  async spend(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    const facts = rates.map(({ key, limit, perSeconds }) => {
      const start = this.startOf(at.getTime(), perSeconds * 1000);
      const counted = (this.grants.get(key) ?? []).filter((instant) => instant >= start);
      const used = Math.min(counted.length, limit);
      return { used, since: counted.at(-used) ?? null };
    });
    const granted = rates.every(({ limit }, place) => (facts[place]?.used ?? 0) < limit);
    if (granted)
      for (const { key } of rates) this.grants.set(key, [...(this.grants.get(key) ?? []), at.getTime()]);
    return rateVerdict(rates, facts, at, granted);
  }

  peek(): Promise<RateVerdict> {
    throw new Error('nobody looks here');
  }
}
