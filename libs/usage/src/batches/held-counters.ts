import { BATCHES } from './batch-client.js';
import type { BatchConnection } from './batch-connection.js';

/** Counters that a batch could not get, by `counterKey`. */
export interface OutOfReach {
  /** Held by a transaction that is no batch: nobody knows for how long. */
  readonly held: ReadonlySet<string>;
  /** Without a row that could be seen; somebody may be making one just now. */
  readonly missing: ReadonlySet<string>;
}

/** Looks for what a batch waits for. Rows that another process's batch holds are left out: that one is soon done. */
export async function outOfReach(connection: BatchConnection, keys: readonly string[]): Promise<OutOfReach> {
  const parts = keys.map((key) => key.split('\n'));
  const columns = [
    parts.map(([ownerId]) => ownerId),
    parts.map(([, feature]) => feature),
    parts.map(([, , start]) => new Date(Number(start)).toISOString()),
  ];
  const { seen, strange, free } = await connection.transact(async (sql) => ({
    seen: placesOf(await sql.query(`select w.place ${FROM}`, columns)),
    strange: placesOf(
      await sql.query(`select w.place ${FROM} where ${HELD_BY_A_STRANGER}`, [...columns, BATCHES]),
    ),
    free: placesOf(await sql.query(`select w.place ${FROM} for update of c skip locked`, columns)),
  }));
  return {
    held: new Set(keys.filter((_, place) => strange.has(place) && !free.has(place))),
    missing: new Set(keys.filter((_, place) => !seen.has(place))),
  };
}

const FROM = `
  from unnest($1::uuid[], $2::text[], $3::timestamptz[]) with ordinality as w (owner_id, feature, start, place)
  join usage_counter c on (c.owner_id, c.feature, c.window_start) = (w.owner_id, w.feature, w.start)`;

/** A row carries the number of the transaction that last locked it; a batch shows by the name of its connection. */
const HELD_BY_A_STRANGER = `c.xmax::text <> all (array(
  select l.transactionid::text from pg_locks l join pg_stat_activity a on a.pid = l.pid
  where l.locktype = 'transactionid' and l.granted and a.application_name = $4))`;

const placesOf = (rows: readonly { readonly place: string }[]): Set<number> =>
  new Set(rows.map(({ place }) => Number(place) - 1));
