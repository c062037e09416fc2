import type { Sql } from '../database/sql.js';
import { dayOf, dayText } from '../windows/calendar.js';

/** Days have records made from hours, months have records made from days. */
export type ClosingStep = 'day' | 'month';

/** How far the records of a step reach; both ends exclusive, null before the first time. */
export interface Closed {
  /** All days (months) before it have their records. */
  readonly closedBefore: Date | null;
  /** Of all days (months) before it, the hours (days) that the records were made from are gone. */
  readonly prunedBefore: Date | null;
}

const NOTHING: Closed = { closedBefore: null, prunedBefore: null };

/**
 * How far a step has come. Its row stays locked until the transaction ends: records are made, renewed and outlive their
 * source one job at a time.
 */
export async function lockClosing(sql: Sql, step: ClosingStep): Promise<Closed> {
  const [row] = await sql.query<{ closed: string; pruned: string | null }>(
    `select closed_before::text as closed, pruned_before::text as pruned from usage_closing where step = $1 for update`,
    [step],
  );
  return row
    ? { closedBefore: dayOf(row.closed), prunedBefore: row.pruned === null ? null : dayOf(row.pruned) }
    : NOTHING;
}

/** Notes that everything before `before` has its records. */
export async function noteClosed(sql: Sql, step: ClosingStep, before: Date): Promise<void> {
  await sql.query(
    `insert into usage_closing as c (step, closed_before) values ($1, $2::date)
     on conflict (step) do update set closed_before = greatest(c.closed_before, excluded.closed_before)`,
    [step, dayText(before)],
  );
}

/** Notes that what the records before `before` were made from is gone. */
export async function notePruned(sql: Sql, step: ClosingStep, before: Date): Promise<void> {
  await sql.query(
    `with noted as (
       update usage_closing set pruned_before = greatest(pruned_before, $2::date) where step = $1)
     select 1 where false`,
    [step, dayText(before)],
  );
}

/** Whether `at` lies before an end that may not be there yet. */
export const isBefore = (at: Date, end: Date | null): boolean => end !== null && at < end;
