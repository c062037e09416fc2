import type { Redis } from 'ioredis';
import { RATE_SCRIPT } from './rate-script.js';
import { RateStore, type CountedRate, type RateVerdict } from './rate-store.js';
import { rateVerdict } from './rate-verdict.js';

const PREFIX = 'tollgate:rate:';

/** A log outlives its window by so much, because Redis counts in real time and our clock may lag a little. */
const KEPT_BEYOND_WINDOW_MS = 60_000;

/**
 * Counts in Redis, by the rule of `sliding-log.ts`. Fast, but what it grants is lost with it, and its keys expire in
 * real time: strict only as long as Redis lives and our clock does not stand still. {@link FailoverRateStore} is
 * strict beyond that.
 *
 * Throws what the client throws when Redis does not answer in time.
 */
export class RedisRateStore extends RateStore {
  constructor(private readonly redis: Redis) {
    super();
  }

  spend(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    return this.ask(rates, at, true);
  }

  peek(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    return this.ask(rates, at, false);
  }

  /** Forgets all grants of these rates. */
  async forget(rates: readonly CountedRate[]): Promise<void> {
    if (rates.length > 0) await this.redis.del(...rates.map(nameOf));
  }

  /** Ends the connection; later calls fail. */
  close(): void {
    this.redis.disconnect();
  }

  private async ask(rates: readonly CountedRate[], at: Date, take: boolean): Promise<RateVerdict> {
    if (rates.length === 0) return { allowed: true, rates: [] };
    const spans = rates.flatMap(({ limit, perSeconds }) => {
      const span = perSeconds * 1000;
      return [span, limit, span + KEPT_BEYOND_WINDOW_MS];
    });
    const names = rates.map(nameOf);
    const answer = await this.redis.eval(
      RATE_SCRIPT,
      names.length,
      ...names,
      at.getTime(),
      take ? 1 : 0,
      ...spans,
    );
    const [granted, ...told] = answer as (number | string)[];
    const facts = rates.map((_, place) => ({
      used: Number(told[2 * place]),
      since: told[2 * place + 1] === '' ? null : Number(told[2 * place + 1]),
    }));
    return rateVerdict(rates, facts, at, granted === 1);
  }
}

function nameOf({ key, perSeconds }: CountedRate): string {
  return `${PREFIX}${perSeconds}:${key}`;
}
