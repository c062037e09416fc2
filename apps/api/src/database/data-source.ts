import { DataSource } from 'typeorm';
import {
  BillingOwnerOfOverrides1764000410000,
  BillingOwnersAndSubscriptions1764000400000,
} from '@tollgate/billing';
import { EntitlementsCatalog1764000200000, EntitlementsOverrides1764000220000 } from '@tollgate/entitlements';
import { KernelFloor1764000000000 } from '@tollgate/kernel';
import { UsageCapacity1764000100000 } from '@tollgate/usage';
import { SampleUsers1764000300000 } from '../auth/migrations/1764000300000-sample-users.js';
import { SampleProduct1764000500000 } from '../product/migrations/1764000500000-sample-product.js';

/** The one history: every lib's migrations and the sample's, in the order of their numbers. */
export const MIGRATIONS = [
  KernelFloor1764000000000,
  UsageCapacity1764000100000,
  EntitlementsCatalog1764000200000,
  EntitlementsOverrides1764000220000,
  SampleUsers1764000300000,
  BillingOwnersAndSubscriptions1764000400000,
  BillingOwnerOfOverrides1764000410000,
  SampleProduct1764000500000,
];

const POOL = 20;
const CONNECT_WITHIN_MS = 3_000;

/** A data source on `url`; every session runs in UTC, because month arithmetic depends on it. */
export function createDataSource(url: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    migrations: MIGRATIONS,
    extra: { max: POOL, connectionTimeoutMillis: CONNECT_WITHIN_MS, options: '-c TimeZone=UTC' },
  });
}
