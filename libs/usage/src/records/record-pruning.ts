import type { PatientSql } from '../database/patient-sql.js';
import type { Sql } from '../database/sql.js';
import { daysFrom, monthsFrom } from '../windows/calendar.js';
import { type ClosingStep, isBefore, lockClosing, notePruned } from './closing.store.js';
import { recordDay, recordMonth } from './record.store.js';

/**
 * Removes hours of the days before `before` that have their records, day by day: each record is left behind as the
 * exact sum of what was removed. Answers how many rows are gone.
 */
export function pruneHours(sql: PatientSql, before: Date, at: Date): Promise<number> {
  return prune(sql, 'day', daysFrom(before, 0), at, {
    first: () => firstOf(sql, 'select hour as start from usage_bucket order by hour limit 1'),
    startOf: (instant) => daysFrom(instant, 0),
    next: (day) => daysFrom(day, 1),
    record: recordDay,
  });
}

/**
 * Removes the days of whole months before `before`, month by month in the same manner; they stay at least as long as
 * their hours do.
 */
export async function pruneDays(sql: PatientSql, before: Date, at: Date): Promise<number> {
  const { prunedBefore } = await sql.transact(() => lockClosing(sql, 'day'));
  if (prunedBefore === null) return 0;
  const until = monthsFrom(before < prunedBefore ? before : prunedBefore, 0);
  return prune(sql, 'month', until, at, {
    first: () =>
      firstOf(sql, `select day::text || 'T00:00:00Z' as start from usage_day order by day limit 1`),
    startOf: (instant) => monthsFrom(instant, 0),
    next: (month) => monthsFrom(month, 1),
    record: recordMonth,
  });
}

interface Source {
  /** When the oldest row begins that is still there. */
  readonly first: () => Promise<Date | null>;
  readonly startOf: (instant: Date) => Date;
  readonly next: (start: Date) => Date;
  readonly record: typeof recordDay;
}

async function prune(
  sql: PatientSql,
  step: ClosingStep,
  until: Date,
  at: Date,
  { first, startOf, next, record }: Source,
): Promise<number> {
  let rows = 0;
  for (;;) {
    const oldest = await first();
    const start = oldest && startOf(oldest);
    const more = await sql.transact(async () => {
      const { closedBefore, prunedBefore } = await lockClosing(sql, step);
      const end = closedBefore !== null && closedBefore < until ? closedBefore : until;
      if (closedBefore === null) return false;
      if (start === null || start >= end) {
        await notePruned(sql, step, end);
        return false;
      }
      const kind = isBefore(start, prunedBefore) ? 'late' : 'last';
      rows += (await record(sql, start, at, { kind })).rows;
      await notePruned(sql, step, next(start));
      return true;
    });
    if (!more) return rows;
  }
}

async function firstOf(sql: Sql, text: string): Promise<Date | null> {
  const [row] = await sql.query<{ start: Date | string }>(text, []);
  return row ? new Date(row.start) : null;
}
