import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { UsageBatches } from '../batches/usage-batches.service.js';
import { sqlOf } from '../database/sql.js';

const AT_ONCE = 1_000;

/** Gives back what is held beyond its time; by group commit, as any other end of a reservation. */
@Injectable()
export class ExpiredReservations {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly batches: UsageBatches,
  ) {}

  /** Ends all reservations that had expired at `at`; answers how many. */
  async sweep(at: Date): Promise<number> {
    for (let swept = 0; ;) {
      const ids = await this.expiredAt(at);
      const ends = await Promise.all(ids.map((id) => this.batches.end(id, { kind: 'expire' }, at)));
      swept += ends.filter((end) => end === 'expired').length;
      if (ids.length < AT_ONCE) return swept;
    }
  }

  private async expiredAt(at: Date): Promise<string[]> {
    const rows = await sqlOf(this.transactions.reader).query<{ id: string }>(
      `select id from usage_grant where state = 'reserved' and expires_at <= $1 order by expires_at limit $2`,
      [at, AT_ONCE],
    );
    return rows.map(({ id }) => id);
  }
}
