import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { sqlOf } from '../database/sql.js';

/** Units beyond a limit that the owner owes. */
export interface Overage {
  /** Names the report: whoever is told twice under it counts once. */
  readonly id: string;
  readonly ownerId: string;
  readonly organizationId: string | null;
  readonly feature: string;
  readonly quantity: bigint;
  /** When the units were used. */
  readonly at: Date;
}

interface OverageRow {
  readonly id: string;
  readonly owner_id: string;
  readonly organization_id: string | null;
  readonly feature: string;
  readonly quantity: string;
  readonly at: Date;
}

/**
 * Units beyond limits, each row to be reported to a meter once. A row is `pending` until somebody says that it was
 * `reported`, or parks it for staff because the outcome of a report will never be known.
 */
@Injectable()
export class OverageLedger {
  /** The oldest that wait to be reported, locked in `tx` so that no other reporter takes them. */
  async pending(tx: Transaction, limit: number): Promise<Overage[]> {
    const rows = await sqlOf(tx).query<OverageRow>(
      `select id, owner_id, organization_id, feature, quantity, at from usage_overage
       where state = 'pending' order by id limit $1 for update skip locked`,
      [limit],
    );
    return rows.map(({ id, owner_id, organization_id, feature, quantity, at }) => ({
      id,
      ownerId: owner_id,
      organizationId: organization_id,
      feature,
      quantity: BigInt(quantity),
      at,
    }));
  }

  /** Notes that the meter has counted these. */
  async reported(tx: Transaction, ids: readonly string[], at: Date): Promise<void> {
    await this.mark(tx, ids, 'reported', null, at);
  }

  /** Leaves these to staff, with the reason; they are not reported again. */
  async park(tx: Transaction, ids: readonly string[], note: string, at: Date): Promise<void> {
    await this.mark(tx, ids, 'parked', note, at);
  }

  private async mark(
    tx: Transaction,
    ids: readonly string[],
    state: 'reported' | 'parked',
    note: string | null,
    at: Date,
  ): Promise<void> {
    await tx.query(
      `update usage_overage set state = $2, note = $3, state_at = $4 where id = any($1::uuid[]) and state <> 'reported'`,
      [ids, state, note, at],
    );
  }
}
