import { DataSource } from 'typeorm';
import {
  BillingOwnerOfOverrides1764000410000,
  BillingOwnersAndSubscriptions1764000400000,
  BillingAnchors1764000450000,
  BillingScheduledPauses1764000440000,
  BillingSelling1764000420000,
  BillingUsageReports1764000430000,
  BillingWebhookWatch1764000460000,
  UsageOfOwners1764000411000,
} from '@tollgate/billing';
import {
  EntitlementsAnchors1764000230000,
  EntitlementsCatalog1764000200000,
  EntitlementsCatalogPolicies1764000240000,
  EntitlementsCatalogVersions1764000241000,
  EntitlementsOverrides1764000220000,
  EntitlementsRates1764000210000,
} from '@tollgate/entitlements';
import { KernelFloor1764000000000 } from '@tollgate/kernel';
import {
  UsageCapacity1764000100000,
  UsageCounting1764000110000,
  UsageHeldTo1764000120000,
  UsageLeftOut1764000140000,
  UsagePruned1764000150000,
  UsageRecords1764000130000,
} from '@tollgate/usage';
import { SampleUsers1764000300000 } from '../auth/migrations/1764000300000-sample-users.js';
import { ServiceKeys1764000310000 } from '../auth/migrations/1764000310000-service-keys.js';
import { SampleProduct1764000500000 } from '../product/migrations/1764000500000-sample-product.js';
import { ImpatientClient } from './impatient-client.js';

/** The one history: every lib's migrations and the sample's, in the order of their numbers. */
export const MIGRATIONS = [
  KernelFloor1764000000000,
  UsageCapacity1764000100000,
  UsageCounting1764000110000,
  UsageHeldTo1764000120000,
  UsageRecords1764000130000,
  UsageLeftOut1764000140000,
  UsagePruned1764000150000,
  EntitlementsCatalog1764000200000,
  EntitlementsRates1764000210000,
  EntitlementsOverrides1764000220000,
  EntitlementsAnchors1764000230000,
  EntitlementsCatalogPolicies1764000240000,
  EntitlementsCatalogVersions1764000241000,
  SampleUsers1764000300000,
  ServiceKeys1764000310000,
  BillingOwnersAndSubscriptions1764000400000,
  BillingOwnerOfOverrides1764000410000,
  UsageOfOwners1764000411000,
  BillingSelling1764000420000,
  BillingUsageReports1764000430000,
  BillingScheduledPauses1764000440000,
  BillingAnchors1764000450000,
  BillingWebhookWatch1764000460000,
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
