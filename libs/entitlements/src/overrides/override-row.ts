import type { Override } from './override.js';

/** A row of the table. */
export interface OverrideRow {
  readonly id: string;
  readonly owner_id: string;
  readonly feature: string;
  readonly enabled: boolean;
  readonly quantity: string | null;
  readonly from_at: Date;
  readonly to_at: Date | null;
  readonly reason: string;
  readonly author: string;
}

/** The override that a row stands for. */
export function overrideOf(row: OverrideRow): Override {
  return {
    id: row.id,
    ownerId: row.owner_id,
    feature: row.feature,
    value: row.enabled
      ? { enabled: true, limit: row.quantity === null ? null : BigInt(row.quantity) }
      : { enabled: false },
    from: row.from_at,
    to: row.to_at,
    reason: row.reason,
    author: row.author,
  };
}
