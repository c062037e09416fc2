import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { sqlOf } from '../database/sql.js';

/** A share of a limit that a window reached, told once for the window. */
export interface ReachedThreshold {
  readonly ownerId: string;
  readonly feature: string;
  readonly windowStart: Date;
  readonly percent: number;
  /** Units at that moment, and the limit that held. */
  readonly used: bigint;
  readonly limit: bigint;
  readonly reachedAt: Date;
}

interface ThresholdRow {
  readonly owner_id: string;
  readonly feature: string;
  readonly window_start: Date;
  readonly percent: number;
  readonly used: string;
  readonly limit: string;
  readonly reached_at: Date;
}

/** Shares of limits (80 % and 100 %) as rows, written in the batch that reached them. */
@Injectable()
export class Thresholds {
  /** What was reached in `[from, to)`, oldest first; of one owner, or of all with null. */
  async reached(
    reader: Transaction,
    ownerId: string | null,
    from: Date,
    to: Date,
  ): Promise<ReachedThreshold[]> {
    const rows = await sqlOf(reader).query<ThresholdRow>(
      `select owner_id, feature, window_start, percent, used, "limit", reached_at from usage_threshold
       where reached_at >= $2 and reached_at < $3 and ($1::uuid is null or owner_id = $1)
       order by reached_at, owner_id, feature, percent`,
      [ownerId, from, to],
    );
    return rows.map((row) => ({
      ownerId: row.owner_id,
      feature: row.feature,
      windowStart: row.window_start,
      percent: row.percent,
      used: BigInt(row.used),
      limit: BigInt(row.limit),
      reachedAt: row.reached_at,
    }));
  }
}
