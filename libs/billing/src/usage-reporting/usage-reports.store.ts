import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';

/** Where a use was first told of, and when. */
export interface FirstReport {
  readonly provider: ProviderName;
  readonly customerId: string;
  readonly firstSentAt: Date;
}

/** What is known of reports whose outcome may be unknown. */
@Injectable()
export class UsageReportsStore {
  /** When a use was first told of; null for never. */
  async find(reader: Transaction, overageId: string): Promise<FirstReport | null> {
    const [row] = await reader.query<FirstReport[]>(
      `select provider, customer_id as "customerId", first_sent_at as "firstSentAt" from usage_report
       where overage_id = $1`,
      [overageId],
    );
    return row ?? null;
  }

  /** Notes that a use is about to be told of for the first time. */
  async begin(tx: Transaction, overageId: string, first: FirstReport): Promise<void> {
    await tx.query(
      `insert into usage_report (overage_id, provider, customer_id, first_sent_at) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [overageId, first.provider, first.customerId, first.firstSentAt],
    );
  }

  /** Takes that back: it was certainly not sent. */
  async forget(tx: Transaction, overageIds: readonly string[]): Promise<void> {
    await tx.query('delete from usage_report where overage_id = any($1)', [overageIds]);
  }
}
