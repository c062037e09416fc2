import type { IdGenerator } from '@tollgate/kernel';
import type { Sql } from '../database/sql.js';
import type { Grant } from '../grants/grant.js';
import { grantsById, grantsByKey, insertGrants, settleGrants } from '../grants/grant.store.js';
import { oweOverage, returnOverage } from '../overage/overage.store.js';
import { noteLateFacts } from '../records/late-fact.store.js';
import { noteThresholds } from '../thresholds/threshold.store.js';
import { writeBuckets } from './bucket.store.js';
import { counterKey } from './counter.js';
import { type CounterWish, lockCounters, writeCounters } from './counter.store.js';
import type { Counting } from './counting.js';
import { Tally } from './tally.js';

/** A tally with everything it needs locked and read. */
export interface OpenTally {
  readonly tally: Tally;
  /** The grants that shall be ended, locked, by id. */
  readonly grants: ReadonlyMap<string, Grant>;
}

/**
 * Locks what these wishes and endings touch: counters in the order of their keys, then grants in the order of their
 * ids. Keys are looked up afterwards, so that whoever held a counter before us has left its keys to be seen.
 */
export async function openTally(
  sql: Sql,
  wishes: readonly Counting[],
  grantIds: readonly string[],
): Promise<OpenTally> {
  // Where a grant's units came from never changes, so that may be read before anything is locked.
  const named = await grantsById(sql, grantIds, false);
  const wanted = [...wishes.flatMap(countersOfWish), ...[...named.values()].flatMap(countersOfGrant)];
  const counters = await lockCounters(sql, wanted);
  const grants = await grantsById(sql, [...named.keys()], true);
  const keyed = wishes.flatMap(({ ownerId, key }) => (key === null ? [] : [{ ownerId, key }]));
  return { tally: new Tally(counters, await grantsByKey(sql, keyed)), grants };
}

/**
 * Writes what a tally decided.
 *
 * @throws CountedMeanwhileError when a window or key was made meanwhile: the transaction must be run again
 */
export async function writeTally(sql: Sql, tally: Tally, now: Date, ids: IdGenerator): Promise<void> {
  const changed = [...tally.touched].toSorted((one, other) => (counterKey(one) < counterKey(other) ? -1 : 1));
  await writeCounters(sql, changed);
  const gone = await writeBuckets(sql, tally.buckets);
  await insertGrants(sql, [...tally.newGrants.values()]);
  await settleGrants(sql, [...tally.settledGrants.values()], now);
  await noteThresholds(sql, [...tally.thresholds.values()]);
  await oweOverage(sql, tally.overage, ids);
  await returnOverage(sql, [...tally.overageReturned], now);
  await noteLateFacts(sql, tally.buckets, gone, now);
}

const countersOfWish = ({ ownerId, meters }: Counting): CounterWish[] =>
  meters.map(({ feature, window }) => ({ ownerId, feature, ...window }));

const countersOfGrant = ({ ownerId, meters }: Grant): CounterWish[] =>
  meters.map(({ feature, start }) => ({ ownerId, feature, start, end: start, opensWith: null }));
