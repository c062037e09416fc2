import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PostgresRateStore } from '../../../libs/entitlements/src/rates/postgres-rate-store.js';
import { startTcpProxy } from '../../support/tcp-proxy.js';
import { granted, grantsOf, moment, rateOf } from './rate-calls.js';
import { createRateDatabase, openPool, type RateDatabase } from './rate-database.js';
import { keepsThePromisesOfRates } from './rate-store.contract.js';

let database: RateDatabase;
beforeAll(async () => {
  database = await createRateDatabase();
});
afterAll(() => database.close());

async function rows(table: 'rate_log' | 'rate_grant'): Promise<number> {
  const [row] = await database.pools[0].query<{ n: number }[]>(`select count(*)::int as n from ${table}`);
  return row?.n ?? -1;
}

describe('G17 rates in Postgres', () => {
  keepsThePromisesOfRates(() => database.stores);

  it('would grant too many if it looked first and wrote afterwards', async () => {
    const rate = rateOf(10, 60);
    const seen = await Promise.all(
      Array.from({ length: 50 }, () => database.stores[0].peek([rate], moment(0))),
    );
    const passed = seen.filter(({ allowed }) => allowed).length;
    expect(await grantsOf(database.stores, passed, [{ ...rate, limit: 1_000 }], moment(0))).toBe(50);
  });

  it('keeps the rows of counted grants only, and none of keys that nobody uses any more', async () => {
    await database.pools[0].query('delete from rate_log');
    const rate = rateOf(50, 1);
    for (let call = 0; call < 60; call++) await granted(database.stores[0], [rate], moment(call * 1_000));
    expect(await rows('rate_grant')).toBeLessThanOrEqual(12);
    const hours = 3_600_000;
    for (let call = 0; call < 30; call++) await granted(database.stores[0], [rateOf(1, 3600)], moment(hours));
    for (let call = 0; call < 6; call++) await granted(database.stores[0], [rate], moment(9 * hours + call));
    expect(await rows('rate_log')).toBe(1);
    expect(await rows('rate_grant')).toBe(6);
  });

  it('lets go of unused keys while they are spent again, without losing a grant', async () => {
    const rates = Array.from({ length: 12 }, () => rateOf(3, 1));
    for (let round = 0; round < 8; round++) {
      const at = moment(1e9 + round * 24 * 3_600_000);
      const counts = await Promise.all(rates.map((rate) => grantsOf(database.stores, 6, [rate], at)));
      expect(counts).toEqual(rates.map(() => 3));
    }
  });

  it('says typed that nobody can count when the database is away', async () => {
    const proxy = await startTcpProxy(database.url);
    const pool = await openPool(proxy.url, 1);
    const store = new PostgresRateStore(pool);
    await granted(store, [rateOf(1, 1)], moment(0));
    proxy.cut();
    for (const ask of [store.spend([rateOf(1, 1)], moment(0)), store.peek([rateOf(1, 1)], moment(0))])
      await expect(ask).rejects.toMatchObject({ kind: 'unavailable', code: 'rates_unavailable' });
    await pool.destroy();
    await proxy.close();
  });
});
