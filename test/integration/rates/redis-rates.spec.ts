import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { connectToRedis } from '../../../libs/entitlements/src/rates/redis-connection.js';
import { RedisRateStore } from '../../../libs/entitlements/src/rates/redis-rate-store.js';
import { eventually } from '../../support/poll.js';
import { moment, rateOf } from './rate-calls.js';
import { keepsThePromisesOfRates } from './rate-store.contract.js';
import { findRedisServer, startRedisServer, type RedisServer } from './redis-server.js';

const program = findRedisServer();

/** The rules are proven here, on machines of any speed; `redis-lost.spec.ts` proves how fast a lost Redis is given up. */
function patient(url: string): Redis {
  const redis = connectToRedis(url);
  redis.options.commandTimeout = 10_000;
  return redis;
}

if (program === null) {
  it.todo('NOT RUN: no redis-server on PATH');
} else {
  describe('G17 rates in Redis', () => {
    let server: RedisServer;
    let clients: readonly [Redis, Redis];
    let stores: readonly [RedisRateStore, RedisRateStore];
    beforeAll(async () => {
      server = await startRedisServer(program);
      clients = [patient(server.url), patient(server.url)];
      stores = [new RedisRateStore(clients[0]), new RedisRateStore(clients[1])];
      await eventually(async () => clients.every(({ status }) => status === 'ready'));
    });
    afterAll(async () => {
      for (const store of stores) store.close();
      await server.close();
    });

    keepsThePromisesOfRates(() => stores);

    it('leaves nothing behind for ever', async () => {
      const rate = rateOf(5, 30);
      await stores[0].spend([rate], moment(0));
      const left = await clients[0].pttl(`tollgate:rate:30:${rate.key}`);
      expect(left).toBeGreaterThan(85_000);
      expect(left).toBeLessThanOrEqual(90_000);
    });

    it('forgets what it is told to forget', async () => {
      const rate = rateOf(1, 30);
      await stores[0].spend([rate], moment(0));
      await stores[1].forget([rate]);
      expect(await stores[0].spend([rate], moment(0))).toMatchObject({ allowed: true });
    });
  });
}
