import type { DataSource } from 'typeorm';
import { FailoverRateStore } from './failover-rate-store.js';
import { PostgresRateStore } from './postgres-rate-store.js';
import type { RateStore } from './rate-store.js';
import { connectToRedis } from './redis-connection.js';
import { RedisRateStore } from './redis-rate-store.js';

/**
 * The store of an installation: Postgres, with Redis in front of it when there is a URL. Redis may be down; it is
 * joined when it comes. The connection ends with `onApplicationShutdown`, which Nest calls on what a factory made.
 */
export function createRateStore(dataSource: DataSource, redisUrl: string | null): RateStore {
  const postgres = new PostgresRateStore(dataSource);
  if (redisUrl === null) return postgres;
  return new FailoverRateStore(new RedisRateStore(connectToRedis(redisUrl)), postgres);
}
