import { DataSource } from 'typeorm';
import {
  BillingOwnerOfOverrides1764000410000,
  BillingOwnersAndSubscriptions1764000400000,
} from '@tollgate/billing';
import {
  EntitlementsCatalog1764000200000,
  EntitlementsOverrides1764000220000,
  EntitlementsRates1764000210000,
} from '@tollgate/entitlements';
import { KernelFloor1764000000000 } from '@tollgate/kernel';
import { UsageCapacity1764000100000 } from '@tollgate/usage';
import { SampleUsers1764000300000 } from '../auth/migrations/1764000300000-sample-users.js';
import { SampleProduct1764000500000 } from '../product/migrations/1764000500000-sample-product.js';
import { ImpatientClient } from './impatient-client.js';

/** The one history: every lib's migrations and the sample's, in the order of their numbers. */
export const MIGRATIONS = [
  KernelFloor1764000000000,
  UsageCapacity1764000100000,
  EntitlementsCatalog1764000200000,
  EntitlementsRates1764000210000,
  EntitlementsOverrides1764000220000,
  SampleUsers1764000300000,
  BillingOwnersAndSubscriptions1764000400000,
  BillingOwnerOfOverrides1764000410000,
  SampleProduct1764000500000,
];

const POOL = 20;
const CONNECT_WITHIN_MS = 2_000;
/** A transaction holds no connection while it does something else. */
const IDLE_IN_TRANSACTION_MS = 10_000;

/** A caller is told "unavailable" within three seconds, so no statement of a request may take longer than this. */
const ANSWER_WITHIN_MS = 2_000;

/**
 * A data source on `url` for requests and jobs; every session runs in UTC, because month arithmetic depends on it.
 * A statement that gets no answer in time fails, and its connection is given up.
 */
export function createDataSource(url: string, answerWithinMs: number = ANSWER_WITHIN_MS): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    migrations: MIGRATIONS,
    extra: {
      Client: ImpatientClient,
      max: POOL,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      query_timeout: answerWithinMs,
      statement_timeout: answerWithinMs,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
      options: '-c TimeZone=UTC',
    },
  });
}
