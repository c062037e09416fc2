import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type PatientSql, withPatientSql } from '../database/patient-sql.js';
import type { Sql } from '../database/sql.js';
import { dayOf, daysFrom, monthsFrom } from '../windows/calendar.js';
import { type ClosingStep, isBefore, lockClosing, noteClosed } from './closing.store.js';
import { recordLateFacts } from './late-fact.store.js';
import { recordDay, recordMonth } from './record.store.js';

/** A batch that was on its way at midnight is committed long before; what comes later is noted as a late fact. */
const SETTLED_AFTER_MS = 60_000;

/**
 * Makes daily snapshots and monthly records from the buckets. Safe twice (records are sums, written over), late (all
 * that was missed is caught up, oldest first) and after a crash (each day and month is one transaction).
 */
@Injectable()
export class UsageClosing {
  constructor(private readonly dataSource: DataSource) {}

  /** Closes all days and months that ended before `at`, renews those that late facts changed; answers how many rows. */
  run(at: Date): Promise<number> {
    const settled = new Date(at.getTime() - SETTLED_AFTER_MS);
    return withPatientSql(this.dataSource, async (sql) => {
      const days = await close(sql, 'day', daysFrom(settled, 0), (day) => daysFrom(day, 1), at);
      const late = await sql.transact(() => recordLateFacts(sql, at));
      const months = await close(sql, 'month', monthsFrom(settled, 0), (month) => monthsFrom(month, 1), at);
      return days + late + months;
    });
  }
}

async function close(
  sql: PatientSql,
  step: ClosingStep,
  until: Date,
  next: (start: Date) => Date,
  at: Date,
): Promise<number> {
  let rows = 0;
  for (let start = await openSince(sql, step); start !== null && start < until; start = next(start)) {
    const from = step === 'day' ? daysFrom(start, 0) : monthsFrom(start, 0);
    rows += await sql.transact(async () => {
      // Somebody else closed it meanwhile: what it was made of may be gone already.
      if (isBefore(from, (await lockClosing(sql, step)).closedBefore)) return 0;
      const record = step === 'day' ? recordDay : recordMonth;
      const { changed } = await record(sql, from, at, { kind: 'sum' });
      await noteClosed(sql, step, next(from));
      return changed;
    });
  }
  return rows;
}

/** The first day that has no records yet; before the first closing, that of the first bucket, or null without any. */
async function openSince(sql: Sql, step: ClosingStep): Promise<Date | null> {
  const [row] = await sql.query<{ closed: string | null; first: Date | null }>(
    `select (select closed_before::text from usage_closing where step = $1) as closed,
       (select hour from usage_bucket order by hour limit 1) as first`,
    [step],
  );
  if (row?.closed) return dayOf(row.closed);
  return row?.first ?? null;
}
