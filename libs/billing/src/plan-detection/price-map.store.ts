import { Injectable } from '@nestjs/common';
import { Clock, lockInTransaction, type Transaction } from '@tollgate/kernel';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';

/** One price (Stripe) or product (Polar) of a provider, and the plan it sells. */
export interface MappedPrice {
  readonly provider: ProviderName;
  readonly externalId: string;
  readonly plan: string;
  readonly interval: BillingInterval;
}

/** What is sold for a plan at an interval. */
export interface ForSale {
  readonly plan: string;
  readonly interval: BillingInterval;
  readonly externalId: string;
}

/** A mapping with what staff want to know of it. */
export interface PriceMapping extends MappedPrice {
  readonly forSale: boolean;
  readonly source: 'environment' | 'staff';
  readonly createdAt: Date;
}

/** Which provider ids stand for which plan: a database table, so that selling differently needs no deployment. */
@Injectable()
export class PriceMap {
  constructor(private readonly clock: Clock) {}

  /**
   * Adds what the environment names. An id that is mapped already stays as it is, and a plan and interval that
   * has a price for sale keeps it: the database wins.
   *
   * @returns the providers of which an id is new
   */
  async seed(tx: Transaction, prices: readonly MappedPrice[]): Promise<ReadonlySet<ProviderName>> {
    const grown = new Set<ProviderName>();
    for (const price of prices) {
      const added = await tx.query<unknown[]>(
        `insert into price_map (provider, external_id, plan, interval, for_sale, source, created_at)
         select $1, $2, $3, $4,
           not exists (select from price_map where provider = $1 and plan = $3 and interval = $4 and for_sale),
           'environment', $5
         on conflict do nothing returning external_id`,
        [price.provider, price.externalId, price.plan, price.interval, this.clock.now()],
      );
      if (added.length > 0) grown.add(price.provider);
    }
    return grown;
  }

  /**
   * Maps an id, as staff say. One that is for sale takes the place of the one that was. Whoever maps one for the same
   * plan and interval at the same time waits: of two at once neither would see the other.
   */
  async put(tx: Transaction, price: MappedPrice & { readonly forSale: boolean }): Promise<void> {
    const { provider, externalId, plan, interval, forSale } = price;
    if (forSale) {
      await lockInTransaction(tx, `price-for-sale:${provider}:${plan}:${interval}`);
      await tx.query(
        `update price_map set for_sale = false
         where provider = $1 and plan = $2 and interval = $3 and for_sale and external_id <> $4`,
        [provider, plan, interval, externalId],
      );
    }
    await tx.query(
      `insert into price_map (provider, external_id, plan, interval, for_sale, source, created_at)
       values ($1, $2, $3, $4, $5, 'staff', $6)
       on conflict (provider, external_id) do update
       set plan = excluded.plan, interval = excluded.interval, for_sale = excluded.for_sale, source = 'staff'`,
      [provider, externalId, plan, interval, forSale, this.clock.now()],
    );
  }

  /** One mapping; null when the id is not mapped. */
  async find(reader: Transaction, provider: ProviderName, externalId: string): Promise<PriceMapping | null> {
    const rows = await this.rows(reader, 'where provider = $1 and external_id = $2', [provider, externalId]);
    return rows[0] ?? null;
  }

  /** Every mapping, by provider and plan. */
  async all(reader: Transaction): Promise<PriceMapping[]> {
    return this.rows(reader, 'order by provider, plan, interval, external_id', []);
  }

  /** What a provider sells for us, once for each plan and interval. */
  async allForSale(reader: Transaction, provider: ProviderName): Promise<ForSale[]> {
    return reader.query<ForSale[]>(
      `select plan, interval, external_id as "externalId" from price_map where provider = $1 and for_sale`,
      [provider],
    );
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

  private async rows(
    reader: Transaction,
    rest: string,
    parameters: readonly unknown[],
  ): Promise<PriceMapping[]> {
    return reader.query<PriceMapping[]>(
      `select provider, external_id as "externalId", plan, interval, for_sale as "forSale", source,
         created_at as "createdAt"
       from price_map ${rest}`,
      [...parameters],
    );
  }
}
