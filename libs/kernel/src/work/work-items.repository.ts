import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { WorkItem } from './work-item.js';

/** How long a claimed item is left alone before another runner may take it over (its worker died). */
const LEASE_SECONDS = 60;

/** A claimed item with what proves the claim. */
export interface ClaimedWork extends WorkItem {
  readonly leaseToken: string;
  readonly revision: number;
}

interface ClaimedRow {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly lease_token: string;
  readonly revision: number;
}

/** The rows of work: claimed under a lease with a fencing token, finished or put back by the token's holder only. */
@Injectable()
export class WorkItems {
  constructor(private readonly dataSource: DataSource) {}

  /** Claims up to `limit` items of these kinds that are due at `now`, oldest first. */
  async claim(kinds: readonly string[], now: Date, limit: number): Promise<ClaimedWork[]> {
    const [rows] = await this.dataSource.query<[ClaimedRow[], number]>(
      `update work_item set leased_until = clock_timestamp() + $4 * interval '1 second', lease_token = lease_token + 1
       where id in (
         select id from work_item
         where state = 'pending' and kind = any($1) and next_attempt_at <= $2
           and (leased_until is null or leased_until <= clock_timestamp())
         order by next_attempt_at, id limit $3 for update skip locked)
       returning id, kind, key, payload, attempts, lease_token, revision`,
      [kinds, now, limit, LEASE_SECONDS],
    );
    return rows.map(({ lease_token, ...row }) => ({ ...row, leaseToken: lease_token }));
  }

  /** Removes the item; if it was wanted again while it ran, it stays and is due at once. */
  async finish(item: ClaimedWork): Promise<void> {
    await this.dataSource.query(
      `with done as (delete from work_item where id = $1 and lease_token = $2 and revision = $3 returning id)
       update work_item set leased_until = null, attempts = 0
       where id = $1 and lease_token = $2 and not exists (select from done)`,
      [item.id, item.leaseToken, item.revision],
    );
  }

  /** Puts the item back until `nextAttempt`, or into the dead letters when that is null. */
  async fail(item: ClaimedWork, error: string, nextAttempt: Date | null): Promise<void> {
    await this.dataSource.query(
      `update work_item set attempts = attempts + 1, last_error = $3, leased_until = null,
         state = case when $4::timestamptz is null then 'dead' else state end,
         next_attempt_at = coalesce($4, next_attempt_at)
       where id = $1 and lease_token = $2`,
      [item.id, item.leaseToken, error, nextAttempt],
    );
  }

  /** How many items are due at `now` and not in the dead letters, those being worked on included. */
  async countDue(now: Date): Promise<number> {
    const [row] = await this.dataSource.query<{ count: string }[]>(
      `select count(*) from work_item where state = 'pending' and (next_attempt_at <= $1 or leased_until > clock_timestamp())`,
      [now],
    );
    return Number(row?.count ?? 0);
  }
}
