import type { IdGenerator } from '@tollgate/kernel';
import type { OverageUnits } from '../counters/tally.js';
import type { Sql } from '../database/sql.js';

/** Owes units beyond a limit: one row, with an id of its own, for each grant and meter. */
export async function oweOverage(sql: Sql, units: readonly OverageUnits[], ids: IdGenerator): Promise<void> {
  if (units.length === 0) return;
  await sql.query(
    `insert into usage_overage (id, grant_id, owner_id, organization_id, feature, window_start, quantity, at)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[],
       $7::bigint[], $8::timestamptz[])`,
    [
      units.map(() => ids.next()),
      units.map(({ grantId }) => grantId),
      units.map(({ ownerId }) => ownerId),
      units.map(({ organizationId }) => organizationId),
      units.map(({ feature }) => feature),
      units.map(({ start }) => start.toISOString()),
      units.map(({ quantity }) => quantity),
      units.map(({ at }) => at.toISOString()),
    ],
  );
}

/** What was not reported yet is owed no longer; what was stays, marked, for staff to see. */
export async function returnOverage(sql: Sql, grantIds: readonly string[], at: Date): Promise<void> {
  if (grantIds.length === 0) return;
  await sql.query(
    `with forgotten as (delete from usage_overage where grant_id = any($1::uuid[]) and state = 'pending'),
       marked as (update usage_overage set returned_at = $2 where grant_id = any($1::uuid[]) and state <> 'pending')
     select 1 where false`,
    [grantIds, at.toISOString()],
  );
}
