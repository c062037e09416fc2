import { DataSource } from 'typeorm';
import { EntitlementsRates1764000210000 } from '../../../libs/entitlements/src/migrations/1764000210000-entitlements-rates.js';
import { PostgresRateStore } from '../../../libs/entitlements/src/rates/postgres-rate-store.js';
import { createTestDatabase } from '../../support/postgres.js';

/** Two processes' pools on one database that holds the rates' tables alone. */
export interface RateDatabase {
  readonly url: string;
  readonly pools: readonly [DataSource, DataSource];
  readonly stores: readonly [PostgresRateStore, PostgresRateStore];
  close(): Promise<void>;
}

/** Makes the database; each pool has so many connections. */
export async function createRateDatabase(connections = 8): Promise<RateDatabase> {
  const testDatabase = await createTestDatabase({ migrated: false });
  const { url } = testDatabase;
  const pools = [await openPool(url, connections), await openPool(url, connections)] as const;
  await pools[0].runMigrations();
  return {
    url,
    pools,
    stores: [new PostgresRateStore(pools[0]), new PostgresRateStore(pools[1])],
    close: async () => {
      for (const pool of pools) await pool.destroy();
      await testDatabase.drop();
    },
  };
}

/** A pool of so many connections to the rates' database at `url`. */
export function openPool(url: string, connections: number): Promise<DataSource> {
  const extra = { max: connections };
  const migrations = [EntitlementsRates1764000210000];
  return new DataSource({ type: 'postgres', url, migrations, extra }).initialize();
}
