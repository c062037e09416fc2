import { Injectable } from '@nestjs/common';
import { Clock, type Transaction } from '@tollgate/kernel';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';

/** One price (Stripe) or product (Polar) of a provider, and the plan it sells. */
export interface MappedPrice {
  readonly provider: ProviderName;
  readonly externalId: string;
  readonly plan: string;
  readonly interval: BillingInterval;
}

/** Which provider ids stand for which plan: a database table, so that selling differently needs no deployment. */
@Injectable()
export class PriceMap {
  constructor(private readonly clock: Clock) {}

  /**
   * Adds what the environment names. An id that is mapped already stays as it is, and a plan and interval that
   * has a price for sale keeps it: the database wins.
   */
  async seed(tx: Transaction, prices: readonly MappedPrice[]): Promise<void> {
    for (const price of prices) {
      await tx.query(
        `insert into price_map (provider, external_id, plan, interval, for_sale, source, created_at)
         select $1, $2, $3, $4,
           not exists (select from price_map where provider = $1 and plan = $3 and interval = $4 and for_sale),
           'environment', $5
         on conflict do nothing`,
        [price.provider, price.externalId, price.plan, price.interval, this.clock.now()],
      );
    }
  }

  /** The id to sell for a plan and interval; null when the provider sells none. */
  async forSale(
    reader: Transaction,
    provider: ProviderName,
    plan: string,
    interval: BillingInterval,
  ): Promise<string | null> {
    const [row] = await reader.query<{ external_id: string }[]>(
      'select external_id from price_map where provider = $1 and plan = $2 and interval = $3 and for_sale',
      [provider, plan, interval],
    );
    return row?.external_id ?? null;
  }

  /** Plan by external id, for one provider. */
  async plansById(reader: Transaction, provider: ProviderName): Promise<ReadonlyMap<string, string>> {
    const rows = await reader.query<{ external_id: string; plan: string }[]>(
      'select external_id, plan from price_map where provider = $1',
      [provider],
    );
    return new Map(rows.map((row) => [row.external_id, row.plan]));
  }
}
