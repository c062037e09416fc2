import type { ThresholdReached } from '../counters/tally.js';
import type { Sql } from '../database/sql.js';

/** Notes the shares of limits that were reached; each once for a window. */
export async function noteThresholds(sql: Sql, reached: readonly ThresholdReached[]): Promise<void> {
  if (reached.length === 0) return;
  await sql.query(
    `insert into usage_threshold (owner_id, feature, window_start, percent, used, "limit", reached_at)
     select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::int[], $5::bigint[], $6::bigint[],
       $7::timestamptz[])
     on conflict do nothing`,
    [
      reached.map(({ ownerId }) => ownerId),
      reached.map(({ feature }) => feature),
      reached.map(({ start }) => start.toISOString()),
      reached.map(({ percent }) => percent),
      reached.map(({ used }) => used),
      reached.map(({ limit }) => limit),
      reached.map(({ at }) => at.toISOString()),
    ],
  );
}
