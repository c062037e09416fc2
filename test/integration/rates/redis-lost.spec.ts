import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Circuit } from '../../../libs/entitlements/src/rates/circuit.js';
import { FailoverRateStore } from '../../../libs/entitlements/src/rates/failover-rate-store.js';
import { connectToRedis } from '../../../libs/entitlements/src/rates/redis-connection.js';
import { RedisRateStore } from '../../../libs/entitlements/src/rates/redis-rate-store.js';
import { eventually } from '../../support/poll.js';
import { startStopwatch } from '../../support/stopwatch.js';
import { startTcpProxy, type TcpProxy } from '../../support/tcp-proxy.js';
import { granted, grantsOf, moment, rateOf } from './rate-calls.js';
import { createRateDatabase, type RateDatabase } from './rate-database.js';
import { findRedisServer, startRedisServer, type RedisServer } from './redis-server.js';

const program = findRedisServer();

if (program === null) {
  it.todo('NOT RUN: no redis-server on PATH');
} else {
  describe('I3 rates while Redis is lost', () => {
    let database: RateDatabase;
    let server: RedisServer;
    let proxy: TcpProxy;
    let clients: Redis[];
    let redis: RedisRateStore[];
    let nodes: FailoverRateStore[];
    /** Real time as the circuits see it. */
    let elapsed = 0;

    beforeEach(async () => {
      jest.spyOn(Logger.prototype, 'warn').mockReturnValue(undefined);
      jest.spyOn(Logger.prototype, 'log').mockReturnValue(undefined);
      database = await createRateDatabase(4);
      server = await startRedisServer(program);
      proxy = await startTcpProxy(server.url);
      // The second node reaches Redis through a wire that can be cut.
      clients = [connectToRedis(server.url), connectToRedis(proxy.url)];
      redis = clients.map((client) => new RedisRateStore(client));
      nodes = database.stores.map(
        (postgres, index) =>
          new FailoverRateStore(redis[index], postgres, new Circuit('Redis', { elapsed: () => elapsed })),
      );
      await allReady();
    });
    afterEach(async () => {
      for (const node of nodes) node.onApplicationShutdown();
      await proxy.close();
      await server.close();
      await database.close();
      jest.restoreAllMocks();
    });

    const allReady = (): Promise<boolean> =>
      eventually(async () => clients.every(({ status }) => status === 'ready'));

    it('refuses in Redis alone once a rate is full, with the true time to wait', async () => {
      const rates = [rateOf(100, 60)];
      const asked = jest.spyOn(database.stores[0], 'spend');
      // Not all at once: an answer that comes too late would open the circuit, and Redis would be left alone.
      let grants = 0;
      for (let turn = 0; turn < 20; turn++) grants += await grantsOf(nodes, 10, rates, moment(0));
      expect(grants).toBe(100);
      expect(asked.mock.calls.length).toBeLessThanOrEqual(100);
      asked.mockClear();
      expect(await nodes[0].spend(rates, moment(10_500))).toMatchObject({ retryAfterSeconds: 50 });
      expect(asked).not.toHaveBeenCalled();
    });

    it('grants no second burst when Redis is killed in the middle, nor when it comes back empty', async () => {
      const rates = [rateOf(100, 60)];
      const first = grantsOf(nodes, 60, rates, moment(0));
      const second = grantsOf(nodes, 400, rates, moment(1));
      server.signal('SIGKILL');
      const third = grantsOf(nodes, 400, rates, moment(2));
      expect((await first) + (await second) + (await third)).toBe(100);
      await server.close();
      server = await startRedisServer(program, Number(new URL(server.url).port));
      await allReady();
      elapsed += 3_000;
      expect(await grantsOf(nodes, 300, rates, moment(59_999))).toBe(0);
      expect(await grantsOf(nodes, 300, rates, moment(60_002))).toBe(100);
    });

    it('would grant a second burst if Postgres only counted while Redis is away', async () => {
      const rates = [rateOf(100, 60)];
      const naive = {
        spend: () => redis[0].spend(rates, moment(0)).catch(() => database.stores[0].spend(rates, moment(0))),
      };
      const calls = async (): Promise<number> => {
        const verdicts = await Promise.all(Array.from({ length: 150 }, () => naive.spend()));
        return verdicts.filter(({ allowed }) => allowed).length;
      };
      const before = await calls();
      server.signal('SIGKILL');
      expect(before + (await calls())).toBe(200);
    });

    it('stays strict while one node sees Redis and the other does not, and refuses nobody wrongly after', async () => {
      const rates = [rateOf(10, 60)];
      proxy.cut();
      for (let call = 0; call < 6; call++) await granted(nodes[1], rates, moment(call));
      for (let call = 6; call < 10; call++) await granted(nodes[0], rates, moment(call));
      expect(await nodes[0].spend(rates, moment(20))).toMatchObject({ retryAfterSeconds: 60 });
      expect(await nodes[1].spend(rates, moment(20))).toMatchObject({ retryAfterSeconds: 60 });
      proxy.mend();
      await allReady();
      elapsed += 3_000;
      // Six places come free at 60,000 to 60,005, not one less for all that Redis was asked in vain.
      for (const node of nodes) await grantsOf([node], 20, rates, moment(30_000));
      expect(await grantsOf(nodes, 40, rates, moment(60_005))).toBe(6);
    });

    it('answers within a second when Redis hangs, and leaves it alone until it rests no more', async () => {
      const rates = [rateOf(1_000, 60)];
      server.signal('SIGSTOP');
      const watch = startStopwatch();
      await granted(nodes[0], rates, moment(0));
      expect(watch.stop()).toBeLessThan(1_000);
      const asked = jest.spyOn(redis[0], 'spend');
      for (let call = 0; call < 20; call++) await granted(nodes[0], rates, moment(1));
      expect(asked).not.toHaveBeenCalled();
      server.signal('SIGCONT');
      elapsed += 3_000;
      await granted(nodes[0], rates, moment(2));
      expect(asked).toHaveBeenCalledTimes(1);
    });

    it('keeps nothing in Redis of a call that Postgres could not answer', async () => {
      const rates = [rateOf(1, 60)];
      jest.spyOn(database.stores[0], 'spend').mockRejectedValueOnce(new Error('away'));
      await expect(nodes[0].spend(rates, moment(0))).rejects.toThrow('away');
      await granted(nodes[0], rates, moment(0));
    });
  });
}
