import type { DataSource } from 'typeorm';
import type { Transaction } from '../database/transaction.js';
import { REAL_TIME, settingFor, type TestClockSetting } from './test-clock.js';

interface TestClockRow {
  readonly offset_ms: string;
  readonly frozen_at: Date | null;
}

/** Reads the row that every process follows; real time while none was written. */
export async function readTestClock(database: DataSource | Transaction): Promise<TestClockSetting> {
  const [row] = await database.query<TestClockRow[]>('select offset_ms, frozen_at from test_clock');
  return row ? { offsetMs: Number(row.offset_ms), frozenAt: row.frozen_at } : REAL_TIME;
}

/** Writes the row so that our time becomes `now`, and returns the new setting. */
export async function writeTestClock(tx: Transaction, now: Date, freeze: boolean): Promise<TestClockSetting> {
  const setting = settingFor(now, freeze, new Date());
  await tx.query(
    `insert into test_clock (id, offset_ms, frozen_at) values (true, $1, $2)
     on conflict (id) do update set offset_ms = excluded.offset_ms, frozen_at = excluded.frozen_at`,
    [setting.offsetMs, setting.frozenAt],
  );
  return setting;
}
