import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { JobRegistry, TransactionRunner } from '../../../libs/kernel/src/index.js';
import {
  CapacityCensuses,
  CapacityCounters,
  CapacityRecount,
  UNLIMITED,
  UsageMeter,
  UsageModule,
} from '../../../libs/usage/src/index.js';
import { createLibsApp, type LibsApp } from '../../support/libs-app.js';
import { eventually } from '../../support/poll.js';
import { asking, countsOf } from './usage-calls.js';

let libs: LibsApp;
let transactions: TransactionRunner;
let counters: CapacityCounters;
/** Happens while the recount counts the things of one owner. */
let meanwhile: () => Promise<unknown> = () => Promise.resolve();

beforeAll(async () => {
  libs = await createLibsApp([UsageModule]);
  transactions = libs.app.get(TransactionRunner);
  counters = libs.app.get(CapacityCounters);
  await libs.database.query('create table thing (id uuid primary key, owner_id uuid, organization_id uuid)');
  libs.app.get(CapacityCensuses).register({
    feature: 'things',
    countedBy: 'owner',
    count: async (reader, ownerId) => {
      const rows = await reader.query<{ owner_id: string; organization_id: string | null; things: string }[]>(
        `select owner_id, organization_id, count(*) as things from thing
         where ($1::uuid is null or owner_id = $1) group by owner_id, organization_id`,
        [ownerId],
      );
      if (ownerId !== null) await meanwhile();
      return rows.map((row) => ({
        ownerId: row.owner_id,
        organizationId: row.organization_id,
        things: BigInt(row.things),
      }));
    },
  });
});

afterAll(() => libs.close());

async function newOwnerRow(): Promise<string> {
  const ownerId = randomUUID();
  await libs.database.query('insert into billing_owner (id, user_id, created_at) values ($1, $2, $3)', [
    ownerId,
    `user ${ownerId}`,
    new Date('2027-01-01T00:00:00Z'),
  ]);
  return ownerId;
}

describe('the recount', () => {
  it('finds nothing where counts and things agree, and reports and mends what does not', async () => {
    const ownerId = await newOwnerRow();
    const organizationId = randomUUID();
    for (const place of [
      { ownerId, organizationId: null },
      { ownerId, organizationId },
    ])
      await transactions.run(async (tx) => {
        await counters.take(tx, place, { feature: 'things', countedBy: 'owner', limit: UNLIMITED });
        await tx.query('insert into thing values ($1, $2, $3)', [
          randomUUID(),
          ownerId,
          place.organizationId,
        ]);
      });
    const recount = libs.app.get(CapacityRecount);
    expect(await recount.run()).toEqual([]);
    await libs.database.query('delete from thing where organization_id = $1', [organizationId]);
    const drift = { ownerId, feature: 'things', existing: 0n, counted: 1n };
    const mended = await recount.run();
    expect(mended).toHaveLength(2);
    expect(mended).toContainEqual({ ...drift, space: 'total', counted: 2n, existing: 1n });
    expect(mended).toContainEqual({ ...drift, space: organizationId });
    expect(await recount.run()).toEqual([]);
    const place = { ownerId, organizationId: null };
    expect(await counters.used(libs.database.manager, place, { feature: 'things', countedBy: 'owner' })).toBe(
      1n,
    );
  });
});

describe('the recount of a space', () => {
  const create = (ownerId: string): Promise<void> =>
    transactions.run(async (tx) => {
      const place = { ownerId, organizationId: null };
      await counters.take(tx, place, { feature: 'things', countedBy: 'owner', limit: UNLIMITED });
      await insert(tx, ownerId);
    });
  const insert = (tx: Pick<DataSource, 'query'>, ownerId: string): Promise<unknown> =>
    tx.query('insert into thing values ($1, $2, null)', [randomUUID(), ownerId]);

  it.each([
    ['has no count yet', (ownerId: string) => insert(libs.database, ownerId), 0n],
    [
      'has a wrong one',
      async (ownerId: string) => {
        await create(ownerId);
        await insert(libs.database, ownerId);
      },
      1n,
    ],
  ])('that %s loses nothing that is made meanwhile', async (_, spoil, counted) => {
    const ownerId = await newOwnerRow();
    await spoil(ownerId);
    const made: Promise<unknown>[] = [];
    meanwhile = () => {
      const creations = [create(ownerId), create(ownerId)];
      made.push(...creations);
      return Promise.race([Promise.all(creations), eventually(someoneWaits)]);
    };
    const mended = await libs.app.get(CapacityRecount).run();
    meanwhile = () => Promise.resolve();
    await Promise.all(made);
    const existing = counted + 1n;
    expect(mended).toContainEqual({ ownerId, feature: 'things', space: 'total', counted, existing });
    const place = { ownerId, organizationId: null };
    expect(await counters.used(libs.database.manager, place, { feature: 'things', countedBy: 'owner' })).toBe(
      existing + 2n,
    );
    expect(await libs.app.get(CapacityRecount).run()).toEqual([]);
  });

  const someoneWaits = async (): Promise<boolean> =>
    (
      await libs.database.query<unknown[]>(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).length > 0;
});

describe('what a deleted owner used', () => {
  it('is removed by the next run of retention, and nobody else’s is', async () => {
    const usage = libs.app.get(UsageMeter);
    const [gone, stays] = [await newOwnerRow(), await newOwnerRow()];
    for (const owner of [gone, stays]) await usage.consume(asking(owner, { key: 'k' }));
    await libs.database.query('delete from billing_owner where id = $1', [gone]);
    const prune = libs.app
      .get(JobRegistry)
      .all()
      .find(({ name }) => name === 'usage.prune');
    await prune?.run(new Date('2027-03-10T13:00:00Z'));
    expect(await countsOf(libs.database, gone)).toEqual({ counters: 0n, buckets: 0n, grants: 0n });
    expect(await countsOf(libs.database, stays)).toEqual({ counters: 1n, buckets: 1n, grants: 1n });
  });
});
