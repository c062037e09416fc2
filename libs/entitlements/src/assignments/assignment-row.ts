import type { Assignment, AssignmentSource, LapsedWord } from './assignment.js';

/** A row of the table. */
export interface AssignmentRow {
  readonly id: string;
  readonly owner_id: string;
  readonly plan: string;
  readonly source: AssignmentSource;
  readonly from_at: Date;
  readonly to_at: Date | null;
  readonly grace_since: Date | null;
  readonly lapsed: LapsedWord | null;
  readonly billing_anchor: Date | null;
  readonly anchor_since: Date | null;
  readonly anchor_before: Date | null;
  readonly catalog_version: number | null;
}

/** The assignment that a row stands for. */
export function assignmentOf(row: AssignmentRow): Assignment {
  return {
    id: row.id,
    ownerId: row.owner_id,
    plan: row.plan,
    source: row.source,
    from: row.from_at,
    to: row.to_at,
    graceSince: row.grace_since,
    lapsed: row.lapsed,
    billingAnchor: row.billing_anchor,
    anchorSince: row.anchor_since,
    anchorBefore: row.anchor_before,
    catalogVersion: row.catalog_version,
  };
}
