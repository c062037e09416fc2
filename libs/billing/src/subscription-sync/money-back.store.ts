import { Injectable } from '@nestjs/common';
import { Clock, type Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import { withoutRepeatedTotals } from './refund-totals.js';

/** A refund or a dispute as recorded. It changes no access: only the end of a subscription does. */
export interface MoneyBackRecord {
  readonly provider: ProviderName;
  readonly kind: 'refund' | 'dispute';
  readonly id: string;
  readonly paymentId: string | null;
  readonly customerId: string | null;
  readonly ownerId: string | null;
  /** Minor units; null when the provider did not say it usably. */
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly status: string | null;
  readonly reason: string | null;
  /** The provider's time of the latest news. */
  readonly occurredAt: Date;
}

/** Money that went back, or that somebody wants back. */
@Injectable()
export class MoneyBackStore {
  constructor(private readonly clock: Clock) {}

  /** Writes the news of one refund or dispute; false when later news of it are known already. */
  async record(tx: Transaction, record: MoneyBackRecord): Promise<boolean> {
    const rows = await tx.query<unknown[]>(
      `insert into money_back as m (provider, kind, id, payment_id, customer_id, owner_id, amount, currency, status,
         reason, occurred_at, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (provider, kind, id) do update
       set amount = coalesce(excluded.amount, m.amount), currency = coalesce(excluded.currency, m.currency),
         status = excluded.status, reason = coalesce(excluded.reason, m.reason),
         owner_id = coalesce(m.owner_id, excluded.owner_id), occurred_at = excluded.occurred_at
       where m.occurred_at <= excluded.occurred_at
       returning id`,
      [
        record.provider,
        record.kind,
        record.id,
        record.paymentId,
        record.customerId,
        record.ownerId,
        record.amount?.toString() ?? null,
        record.currency,
        record.status,
        record.reason,
        record.occurredAt,
        this.clock.now(),
      ],
    );
    return rows.length > 0;
  }

  /** The latest of an owner, newest first; a total only where it says more than the refunds it adds up. */
  async ofOwner(reader: Transaction, ownerId: string, limit: number): Promise<MoneyBackRecord[]> {
    const rows = await reader.query<(Omit<MoneyBackRecord, 'amount'> & { amount: string | null })[]>(
      `select provider, kind, id, payment_id as "paymentId", customer_id as "customerId", owner_id as "ownerId",
         amount, currency, status, reason, occurred_at as "occurredAt"
       from money_back where owner_id = $1 order by occurred_at desc, id limit $2`,
      [ownerId, limit],
    );
    return withoutRepeatedTotals(
      rows.map((row) => ({ ...row, amount: row.amount === null ? null : BigInt(row.amount) })),
    );
  }
}
