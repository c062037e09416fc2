import { Inject, Injectable, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { withPatientSql } from '../database/patient-sql.js';
import type { Sql } from '../database/sql.js';
import { USAGE_OPTIONS, type UsageOptions, withDefaults } from '../usage.options.js';
import { daysFrom } from '../windows/calendar.js';
import { pruneDays, pruneHours } from './record-pruning.js';

/** Rows in one transaction: few enough that nobody who counts waits for it. */
const AT_ONCE = 10_000;

/** A writer that has written nothing for so long belongs to a process that is gone. */
const WRITER_DAYS = 30;

/** Removes what is older than the options say, and the rows of owners that no longer exist. */
@Injectable()
export class UsageRetention {
  private readonly keep: UsageOptions;

  constructor(
    private readonly dataSource: DataSource,
    @Optional() @Inject(USAGE_OPTIONS) options?: Partial<UsageOptions>,
  ) {
    this.keep = withDefaults(options);
  }

  /** Removes what is too old at `at`; answers how many rows. */
  run(at: Date): Promise<number> {
    return withPatientSql(this.dataSource, async (sql) => {
      let rows = await pruneHours(sql, daysFrom(at, -this.keep.hourlyDays), at);
      rows += await pruneDays(sql, daysFrom(at, -this.keep.dailyDays), at);
      for (const { table, where, days } of this.rules())
        rows += await removeAll(sql, table, where, daysFrom(at, -days));
      return rows + (await forgetOwners(sql));
    });
  }

  private rules(): readonly { readonly table: string; readonly where: string; readonly days: number }[] {
    const { windowDays, keyDays, reservationDays } = this.keep;
    return [
      { table: 'usage_counter', where: 'window_end < $1::timestamptz', days: windowDays },
      { table: 'usage_threshold', where: 'reached_at < $1::timestamptz', days: windowDays },
      { table: 'usage_grant', where: `at < $1::timestamptz and state <> 'reserved'`, days: keyDays },
      {
        table: 'usage_grant',
        where: `at < $1::timestamptz and settled_at < $1::timestamptz and key is null and state <> 'reserved'`,
        days: reservationDays,
      },
      { table: 'usage_writer', where: 'seen_at < $1::timestamptz', days: WRITER_DAYS },
    ];
  }
}

async function removeAll(sql: Sql, table: string, where: string, before: Date): Promise<number> {
  for (let rows = 0; ;) {
    const gone = await sql.query(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where ${where} limit ${AT_ONCE}))
       returning 1`,
      [before.toISOString()],
    );
    rows += gone.length;
    if (gone.length < AT_ONCE) return rows;
  }
}

const OWNED = [
  'usage_bucket',
  'usage_counter',
  'usage_grant',
  'usage_overage',
  'usage_threshold',
  'usage_late_fact',
  'usage_day',
  'usage_month',
];

/** Owners that no longer exist are noted by a trigger of billing's; their rows go here. */
async function forgetOwners(sql: Sql): Promise<number> {
  const owners = await sql.query<{ owner_id: string }>(
    'select owner_id from usage_forgotten_owner limit 1000',
    [],
  );
  if (owners.length === 0) return 0;
  const ids = owners.map(({ owner_id }) => owner_id);
  let rows = 0;
  for (const table of OWNED)
    rows += (await sql.query(`delete from ${table} where owner_id = any($1::uuid[]) returning 1`, [ids]))
      .length;
  await sql.query('delete from usage_forgotten_owner where owner_id = any($1::uuid[])', [ids]);
  return rows;
}
