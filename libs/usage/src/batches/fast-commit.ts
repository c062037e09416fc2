import type { Sql } from '../database/sql.js';
import type { Asker } from './ask.js';

/** Commits reservations at all that was held, without overage and in time; answers which. No counter is touched. */
export async function commitHeld(sql: Sql, askers: readonly Asker[], now: Date): Promise<Set<string>> {
  const ids: string[] = [];
  const instants: string[] = [];
  for (const { ask } of askers) {
    if (ask.kind !== 'end') continue;
    ids.push(ask.grantId);
    instants.push(ask.at.toISOString());
  }
  if (ids.length === 0) return new Set();
  const rows = await sql.query<{ id: string }>(
    `with held as materialized (
       select g.id from unnest($1::uuid[], $2::timestamptz[]) as w (id, at) join usage_grant g on g.id = w.id
       where g.state = 'reserved' and g.expires_at > w.at and 0 = all (g.overages) order by g.id for update of g)
     update usage_grant g set state = 'committed', settled_at = $3 from held where g.id = held.id
     returning g.id`,
    [ids, instants, now.toISOString()],
  );
  return new Set(rows.map(({ id }) => id));
}
