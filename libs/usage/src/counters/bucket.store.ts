import type { Sql } from '../database/sql.js';
import type { BucketId } from './counter.js';

/** Stands for "no organization" in a key that cannot hold null. */
export const PERSONAL = '00000000-0000-0000-0000-000000000000';

/** A change of one bucket. */
export interface BucketChange {
  readonly id: BucketId;
  readonly delta: bigint;
}

const KEY = '(hour, owner_id, feature, organization_id, principal, window_start)';
const COLUMNS = `$1::timestamptz[], $2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::timestamptz[], $7::bigint[]`;

/**
 * Adds to the buckets and takes from them, in the one order of their keys. Answers the changes that took nothing because
 * their bucket holds too little: it was removed after its day got a record. So a bucket never falls below zero.
 */
export async function writeBuckets(
  sql: Sql,
  changes: ReadonlyMap<string, BucketChange>,
): Promise<Set<BucketChange>> {
  const sorted = [...changes]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, change]) => change);
  await addToBuckets(
    sql,
    sorted.filter(({ delta }) => delta > 0n),
  );
  return takeFromBuckets(
    sql,
    sorted.filter(({ delta }) => delta < 0n),
  );
}

async function addToBuckets(sql: Sql, changes: readonly BucketChange[]): Promise<void> {
  if (changes.length === 0) return;
  await sql.query(
    `insert into usage_bucket as b (hour, owner_id, feature, organization_id, principal, window_start, quantity)
     select * from unnest(${COLUMNS})
     on conflict ${KEY} do update set quantity = b.quantity + excluded.quantity`,
    columnsOf(changes),
  );
}

async function takeFromBuckets(sql: Sql, changes: readonly BucketChange[]): Promise<Set<BucketChange>> {
  if (changes.length === 0) return new Set();
  const taken = await sql.query<{ place: string }>(
    `with written as (
       update usage_bucket b set quantity = b.quantity + w.delta
       from unnest(${COLUMNS}) with ordinality
         as w (hour, owner_id, feature, organization_id, principal, window_start, delta, place)
       where (b.hour, b.owner_id, b.feature, b.organization_id, b.principal, b.window_start)
           = (w.hour, w.owner_id, w.feature, w.organization_id, w.principal, w.window_start)
         and b.quantity + w.delta >= 0
       returning w.place)
     select place from written`,
    columnsOf(changes),
  );
  const places = new Set(taken.map(({ place }) => Number(place) - 1));
  return new Set(changes.filter((_, place) => !places.has(place)));
}

const columnsOf = (changes: readonly BucketChange[]): unknown[] => [
  changes.map(({ id }) => id.hour.toISOString()),
  changes.map(({ id }) => id.ownerId),
  changes.map(({ id }) => id.feature),
  changes.map(({ id }) => id.organizationId ?? PERSONAL),
  changes.map(({ id }) => id.principal),
  changes.map(({ id }) => id.start.toISOString()),
  changes.map(({ delta }) => delta),
];
