import type { IdGenerator } from '@tollgate/kernel';
import type { Sql } from '../database/sql.js';
import { settle } from '../grants/settlement.js';
import { ExpiredGrantInTheWay } from '../usage.errors.js';
import type { ConsumeAnswer } from './consume-request.js';
import type { Counting } from './counting.js';
import { openTally, writeTally } from './tally.store.js';

/** Counts one wish in a transaction that is already open; a reservation that expired but holds its key is ended first. */
export async function countIn(sql: Sql, wish: Counting, now: Date, ids: IdGenerator): Promise<ConsumeAnswer> {
  try {
    return await attempt(sql, wish, now, ids);
  } catch (error) {
    if (!(error instanceof ExpiredGrantInTheWay)) throw error;
    const { tally, grants } = await openTally(sql, [], [error.grantId]);
    const grant = grants.get(error.grantId);
    if (grant) settle(tally, grant, { kind: 'expire' }, wish.at);
    await writeTally(sql, tally, now, ids);
    return attempt(sql, wish, now, ids);
  }
}

async function attempt(sql: Sql, wish: Counting, now: Date, ids: IdGenerator): Promise<ConsumeAnswer> {
  const { tally } = await openTally(sql, [wish], []);
  const answer = tally.count(wish);
  await writeTally(sql, tally, now, ids);
  return answer;
}
