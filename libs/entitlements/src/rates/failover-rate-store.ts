import type { OnApplicationShutdown } from '@nestjs/common';
import { Circuit } from './circuit.js';
import type { PostgresRateStore } from './postgres-rate-store.js';
import { RateStore, type CountedRate, type RateVerdict } from './rate-store.js';
import type { RedisRateStore } from './redis-rate-store.js';

/**
 * Redis in front, Postgres behind: Redis may refuse, only Postgres grants.
 *
 * **Guarantee**: strict at every moment, also while Redis is lost, comes back, was flushed, was restored from an old
 * copy, or is seen by some nodes and not by others. For every grant went through Postgres, by the rule of
 * `sliding-log.ts`; so nothing needs to be agreed on when nodes switch, and no window has to pass first. A switch
 * that relied on Redis alone could not be strict: with Redis, its grants of the last hour would be lost.
 *
 * **What Redis is for**: the flood. A full rate is refused there without touching Postgres, which sees at most
 * `limit` calls of a window. Redis knows only grants that Postgres made or is about to make; whenever Postgres did
 * not grant, Redis forgets these logs. `limit` counted grants in Redis therefore are all that Postgres has, and its
 * `retryAfterSeconds` is the true one. One exception: a process that dies, or loses Redis, between the two may leave
 * one grant in Redis that never happened; it makes that rate stricter by one until it leaves the window.
 *
 * **Time**: Redis answers within the time limit of its connection (250 ms) or is left alone by the circuit, at once
 * for all other calls.
 */
export class FailoverRateStore extends RateStore implements OnApplicationShutdown {
  constructor(
    private readonly redis: RedisRateStore,
    private readonly postgres: PostgresRateStore,
    private readonly circuit: Circuit = new Circuit('Redis'),
  ) {
    super();
  }

  async spend(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    const inRedis = await this.circuit.attempt(() => this.redis.spend(rates, at));
    if (inRedis !== null && !inRedis.allowed) return inRedis;
    let granted = false;
    try {
      const verdict = await this.postgres.spend(rates, at);
      granted = verdict.allowed;
      return verdict;
    } finally {
      if (inRedis !== null && !granted) await this.circuit.attempt(() => this.redis.forget(rates));
    }
  }

  /** Asks Postgres, which knows all grants. */
  peek(rates: readonly CountedRate[], at: Date): Promise<RateVerdict> {
    return this.postgres.peek(rates, at);
  }

  onApplicationShutdown(): void {
    this.redis.close();
  }
}
