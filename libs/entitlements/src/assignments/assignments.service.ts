import { Injectable } from '@nestjs/common';
import { IdGenerator, notify, type Transaction } from '@tollgate/kernel';
import { assignmentOf, type AssignmentRow } from './assignment-row.js';
import type { Assignment, AssignmentSource, LapsedWord } from './assignment.js';
import { anchorAfter, type AssignmentAnchor, anchorInForce } from './billing-anchor.js';

/** What billing says about one source of an owner's plan; the identity of a row is (owner, source, plan, from). */
export interface DesiredAssignment {
  readonly plan: string;
  readonly from: Date;
  readonly to: Date | null;
  readonly graceSince: Date | null;
  readonly lapsed: LapsedWord | null;
  readonly billingAnchor: Date | null;
}

/** So many rows of one owner are looked at; older ones no longer matter to any decision. */
const LATEST = 50;

/** Who holds which plan until when: the place that billing writes to and decisions read from. */
@Injectable()
export class Assignments {
  constructor(private readonly ids: IdGenerator) {}

  /** The owner's latest assignments, newest first. */
  async ofOwner(reader: Transaction, ownerId: string): Promise<Assignment[]> {
    const rows = await reader.query<AssignmentRow[]>(
      'select * from assignment where owner_id = $1 order by from_at desc, id desc limit $2',
      [ownerId, LATEST],
    );
    return rows.map(assignmentOf);
  }

  /** The latest assignments of several owners, by owner id. */
  async ofOwners(
    reader: Transaction,
    ownerIds: readonly string[],
  ): Promise<ReadonlyMap<string, Assignment[]>> {
    const rows = await reader.query<AssignmentRow[]>(
      'select * from assignment where owner_id = any($1) order by from_at desc, id desc',
      [ownerIds],
    );
    const byOwner = new Map<string, Assignment[]>(ownerIds.map((ownerId) => [ownerId, []]));
    for (const row of rows) byOwner.get(row.owner_id)?.push(assignmentOf(row));
    return byOwner;
  }

  /** Ids of the owners who hold any of these plans by an assignment at `at`. */
  async ownersHolding(reader: Transaction, plans: readonly string[], at: Date): Promise<string[]> {
    const rows = await reader.query<{ owner_id: string }[]>(
      `select distinct owner_id from assignment
       where plan = any($1) and from_at <= $2 and (to_at is null or to_at > $2)`,
      [plans, at],
    );
    return rows.map((row) => row.owner_id);
  }

  /**
   * Makes `desired` the only assignment of this source that holds from `at` on. A plan that goes on keeps its row;
   * another plan closes it at `at` without a word and opens a new one. Null only closes, saying `lapsed`; one
   * that had run out as `expired`, while nobody knew why, says it from then on too.
   */
  async set(
    tx: Transaction,
    ownerId: string,
    source: AssignmentSource,
    desired: DesiredAssignment | null,
    at: Date,
    lapsed: LapsedWord | null = null,
  ): Promise<void> {
    const rows = await this.ofOwner(tx, ownerId);
    const open = rows.filter((row) => row.source === source && (row.to === null || row.to > at));
    const goesOn = desired && open.find((row) => row.plan === desired.plan);
    for (const row of open) if (row !== goesOn) await this.close(tx, row, at, desired ? null : lapsed);
    const latest = rows.find((row) => row.source === source);
    if (!desired && lapsed && latest?.lapsed === 'expired') await this.tell(tx, latest.id, lapsed);
    const current = goesOn ?? anchorInForce(rows, at);
    const anchor = anchorAfter(current, desired?.billingAnchor ?? null, at);
    if (desired && goesOn) await this.update(tx, goesOn.id, desired, anchor);
    else if (desired) await this.insert(tx, ownerId, source, desired, anchor);
    await notify(tx, `owner:${ownerId}`);
  }

  private async close(tx: Transaction, row: Assignment, at: Date, lapsed: LapsedWord | null): Promise<void> {
    await tx.query('update assignment set to_at = greatest($2, from_at), lapsed = $3 where id = $1', [
      row.id,
      at,
      lapsed,
    ]);
  }

  private async tell(tx: Transaction, id: string, lapsed: LapsedWord): Promise<void> {
    await tx.query(`update assignment set lapsed = $2 where id = $1 and lapsed = 'expired'`, [id, lapsed]);
  }

  private async update(
    tx: Transaction,
    id: string,
    desired: DesiredAssignment,
    anchor: AssignmentAnchor,
  ): Promise<void> {
    await tx.query(
      `update assignment set to_at = $2, grace_since = $3, lapsed = $4,
         billing_anchor = $5, anchor_since = $6, anchor_before = $7 where id = $1`,
      [id, desired.to, desired.graceSince, desired.lapsed, ...columnsOf(anchor)],
    );
  }

  private async insert(
    tx: Transaction,
    ownerId: string,
    source: AssignmentSource,
    desired: DesiredAssignment,
    anchor: AssignmentAnchor,
  ): Promise<void> {
    const { plan, from, to, graceSince, lapsed } = desired;
    await tx.query(
      `insert into assignment (id, owner_id, plan, source, from_at, to_at, grace_since, lapsed,
         billing_anchor, anchor_since, anchor_before)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [this.ids.next(), ownerId, plan, source, from, to, graceSince, lapsed, ...columnsOf(anchor)],
    );
  }
}

function columnsOf({ billingAnchor, anchorSince, anchorBefore }: AssignmentAnchor): (Date | null)[] {
  return [billingAnchor, anchorSince, anchorBefore];
}
