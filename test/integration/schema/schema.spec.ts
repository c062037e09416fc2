import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { projectSources } from '../../architecture/project-sources.js';
import { tableOwners } from '../../architecture/table-owners.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';
import { type Room, schemaFaults } from './schema-faults.js';

/** Plans and prices are no business of counts, providers and prices none of decisions. */
const FOREIGN_WORDS: Readonly<Record<string, RegExp>> = {
  usage: /plan|price|amount|currency|provider|subscription|catalog|allowance/,
  entitlements: /price|amount|currency|provider|subscription|customer/,
};
const NONE = /^$/;

let testDatabase: TestDatabase;
let database: DataSource;
let rooms: Room[];

beforeAll(async () => {
  const owners = tableOwners(await projectSources());
  rooms = ['kernel', 'usage', 'entitlements', 'billing', 'api'].map((name) => ({
    name,
    tables: new Set([...owners].filter(([, owner]) => owner === name).map(([table]) => table)),
    foreignWords: FOREIGN_WORDS[name] ?? NONE,
  }));
  testDatabase = await createTestDatabase();
  database = await new DataSource({ type: 'postgres', url: testDatabase.url }).initialize();
});

afterAll(async () => {
  await database.destroy();
  await testDatabase.drop();
});

const tablesOf = (name: string): ReadonlySet<string> =>
  rooms.find((room) => room.name === name)?.tables ?? new Set();

describe('the schema SB-40', () => {
  it('has plans and the logic of entitlements, subscriptions, and usage in tables of three rooms', () => {
    expect([...tablesOf('entitlements')]).toEqual(
      expect.arrayContaining(['catalog_version', 'plan', 'feature', 'allowance', 'assignment', 'override']),
    );
    expect([...tablesOf('billing')]).toEqual(
      expect.arrayContaining(['billing_owner', 'subscription', 'provider_subscription', 'price_map']),
    );
    expect([...tablesOf('usage')]).toEqual(
      expect.arrayContaining(['usage_counter', 'usage_bucket', 'usage_grant', 'usage_day', 'usage_month']),
    );
  });

  it('has no table of nobody, no word of another room, and no key into one but to who pays', async () => {
    expect(await schemaFaults(database, rooms)).toEqual([]);
  });

  it.each([
    [
      'usage that knows the plan',
      'alter table usage_counter add plan text',
      'usage_counter.plan speaks of another room',
    ],
    [
      'an assignment that knows the provider',
      'alter table assignment add provider_subscription_id text',
      'assignment.provider_subscription_id speaks of another room',
    ],
    [
      'a subscription that needs the catalog',
      'alter table subscription add catalog_version int references catalog_version (version)',
      'subscription points to catalog_version',
    ],
    ['a table beside the rooms', 'create table pricing_cache (id int)', 'pricing_cache belongs to no room'],
    ['usage without buckets', 'drop table usage_bucket', 'usage has no table usage_bucket'],
  ])('would not pass with %s', async (_, change, fault) => {
    const runner = database.createQueryRunner();
    await runner.startTransaction();
    try {
      await runner.query(change);
      expect(await schemaFaults(runner, rooms)).toEqual([fault]);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  });
});
