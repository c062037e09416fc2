import type { Sql } from '../database/sql.js';
import { CountedMeanwhileError } from '../usage.errors.js';
import { type Counter, counterKey } from './counter.js';

/** A counter that a transaction wants, should its row have to be made. */
export interface CounterWish extends Pick<Counter, 'ownerId' | 'feature' | 'start' | 'end'> {
  readonly opensWith: Date | null;
}

interface CounterRow {
  readonly place: string;
  readonly used: string;
  readonly overage: string;
  readonly carried: string;
}

/**
 * Locks the counters in the one order of their keys and reads them; those without a row come as new ones, at what
 * their window opens with. The rows stay locked until the transaction ends.
 */
export async function lockCounters(sql: Sql, wishes: Iterable<CounterWish>): Promise<Map<string, Counter>> {
  const byKey = new Map([...wishes].map((wish) => [counterKey(wish), wish]));
  const sorted = [...byKey].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, wish]) => wish);
  const rows = await sql.query<CounterRow>(
    `select w.place, c.used, c.overage, c.carried
     from unnest($1::uuid[], $2::text[], $3::timestamptz[]) with ordinality as w (owner_id, feature, start, place)
     join usage_counter c on (c.owner_id, c.feature, c.window_start) = (w.owner_id, w.feature, w.start)
     order by w.place for update of c`,
    columnsOf(sorted),
  );
  const found = new Map(rows.map((row) => [Number(row.place) - 1, row]));
  const opened = await carriedInto(
    sql,
    sorted.filter((wish, index) => wish.opensWith && !found.has(index)),
  );
  return new Map(
    sorted.map((wish, index) => [counterKey(wish), counterOf(wish, found.get(index), opened)] as const),
  );
}

function counterOf(wish: CounterWish, row: CounterRow | undefined, opened: Map<string, bigint>): Counter {
  const { ownerId, feature, start, end } = wish;
  const carried = row ? BigInt(row.carried) : (opened.get(counterKey(wish)) ?? 0n);
  return {
    ownerId,
    feature,
    start,
    end,
    carried,
    used: row ? BigInt(row.used) : carried,
    overage: BigInt(row?.overage ?? 0),
    isNew: row === undefined,
  };
}

/** Units of the windows that others cut short: of the row that was in force at that window's start. */
async function carriedInto(sql: Sql, wishes: readonly CounterWish[]): Promise<Map<string, bigint>> {
  if (wishes.length === 0) return new Map();
  const rows = await sql.query<{ place: string; used: string }>(
    `select w.place, o.used
     from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
       with ordinality as w (owner_id, feature, start, opens_with, place)
     cross join lateral (
       select used from usage_counter o
       where o.owner_id = w.owner_id and o.feature = w.feature and o.window_start <> w.start
         and o.window_start <= w.opens_with and o.window_end > w.opens_with
       order by o.window_start desc limit 1) o`,
    [...columnsOf(wishes), wishes.map(({ opensWith }) => opensWith?.toISOString())],
  );
  return new Map(
    rows.flatMap(({ place, used }) => {
      const wish = wishes[Number(place) - 1];
      return wish ? [[counterKey(wish), BigInt(used)] as const] : [];
    }),
  );
}

/**
 * Writes the counters that changed.
 *
 * @throws CountedMeanwhileError when somebody else made one of the new rows first
 */
export async function writeCounters(sql: Sql, counters: readonly Counter[]): Promise<void> {
  const known = counters.filter(({ isNew }) => !isNew);
  const fresh = counters.filter(({ isNew }) => isNew);
  if (known.length > 0)
    await sql.query(
      `with written as (
         update usage_counter c set used = w.used, overage = w.overage
         from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::bigint[], $5::bigint[])
           as w (owner_id, feature, start, used, overage)
         where (c.owner_id, c.feature, c.window_start) = (w.owner_id, w.feature, w.start))
       select 1 where false`,
      [...columnsOf(known), known.map(({ used }) => used), known.map(({ overage }) => overage)],
    );
  if (fresh.length === 0) return;
  const made = await sql.query(
    `insert into usage_counter (owner_id, feature, window_start, window_end, used, overage, carried)
     select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::bigint[], $6::bigint[],
       $7::bigint[])
     on conflict do nothing returning 1`,
    [
      ...columnsOf(fresh),
      fresh.map(({ end }) => end.toISOString()),
      fresh.map(({ used }) => used),
      fresh.map(({ overage }) => overage),
      fresh.map(({ carried }) => carried),
    ],
  );
  if (made.length < fresh.length) throw new CountedMeanwhileError();
}

const columnsOf = (ids: readonly Pick<Counter, 'ownerId' | 'feature' | 'start'>[]): unknown[] => [
  ids.map(({ ownerId }) => ownerId),
  ids.map(({ feature }) => feature),
  ids.map(({ start }) => start.toISOString()),
];
