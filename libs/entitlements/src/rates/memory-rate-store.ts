import { RateStore, type CountedRate, type RateVerdict } from './rate-store.js';
import { isFull, rateVerdict } from './rate-verdict.js';
import { factsOf, withGrant } from './sliding-log.js';

/** Counts in this process alone, and forgets when it ends: for tests of guarded code. */
export class MemoryRateStore extends RateStore {
  private readonly logs = new Map<string, readonly number[]>();

  async spend(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    const before = await this.peek(rates, at);
    if (!before.allowed) return before;
    const counted = new Map(rates.map((rate) => [nameOf(rate), rate]));
    for (const [name, rate] of counted) this.logs.set(name, withGrant(this.logOf(rate), rate, at));
    return rateVerdict(rates, this.factsOf(rates, at), at, true);
  }

  async peek(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    const facts = this.factsOf(rates, at);
    const fits = !rates.some((rate, place) => facts[place] !== undefined && isFull(rate, facts[place]));
    return rateVerdict(rates, facts, at, fits);
  }

  private factsOf(rates: readonly CountedRate[], at: Date) {
    return rates.map((rate) => factsOf(this.logOf(rate), rate, at));
  }

  private logOf(rate: CountedRate): readonly number[] {
    return this.logs.get(nameOf(rate)) ?? [];
  }
}

function nameOf({ key, perSeconds }: CountedRate): string {
  return `${perSeconds}:${key}`;
}
