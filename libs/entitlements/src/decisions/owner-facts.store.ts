import { Injectable } from '@nestjs/common';
import { Clock, TransactionRunner } from '@tollgate/kernel';
import { assignmentOf, type AssignmentRow } from '../assignments/assignment-row.js';
import { overrideOf, type OverrideRow } from '../overrides/override-row.js';
import type { OwnerFacts } from './owner-facts.js';

/** As many rows of one kind as any decision can need; older ones no longer matter. */
const LATEST = 50;

/** Everything a decision needs to know about an owner, in one round trip. */
@Injectable()
export class OwnerFactsStore {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /** The owner's latest assignments and the overrides that have not ended. */
  async read(ownerId: string): Promise<OwnerFacts> {
    const [row] = await this.transactions.reader.query<
      { assignments: Json<AssignmentRow>[]; overrides: Json<OverrideRow>[] }[]
    >(
      `select
         (select coalesce(json_agg(a), '[]') from (
            select * from assignment where owner_id = $1 order by from_at desc, id desc limit $3) a) as assignments,
         (select coalesce(json_agg(o), '[]') from (
            select id, owner_id, feature, enabled, quantity::text, from_at, to_at, reason, author
            from override where owner_id = $1 and (to_at is null or to_at > $2)
            order by from_at desc, id desc limit $3) o) as overrides`,
      [ownerId, this.clock.now(), LATEST],
    );
    return {
      ownerId,
      assignments: (row?.assignments ?? []).map((json) =>
        assignmentOf({
          ...json,
          from_at: instant(json.from_at),
          to_at: instantOrNull(json.to_at),
          grace_since: instantOrNull(json.grace_since),
          billing_anchor: instantOrNull(json.billing_anchor),
        }),
      ),
      overrides: (row?.overrides ?? []).map((json) =>
        overrideOf({ ...json, from_at: instant(json.from_at), to_at: instantOrNull(json.to_at) }),
      ),
    };
  }
}

/** A row that came as JSON: its instants are text. */
type Json<Row> = {
  readonly [Key in keyof Row]: Row[Key] extends Date
    ? string
    : Row[Key] extends Date | null
      ? string | null
      : Row[Key];
};

const instant = (text: string): Date => new Date(text);
const instantOrNull = (text: string | null): Date | null => (text === null ? null : instant(text));
