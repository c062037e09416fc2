import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';
import type { ProviderPrice } from '../providers/provider-catalog.js';

/** What a provider said it sells, and when. */
export interface PriceList {
  readonly provider: ProviderName;
  readonly prices: readonly LivePrice[];
  readonly fetchedAt: Date;
}

/** One price as kept; of one seat where the plan is sold by the seat. */
export interface LivePrice {
  readonly priceRef: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly interval: BillingInterval;
}

interface StoredPrice {
  readonly priceRef: string;
  /** Decimal digits: JSON numbers end at 2^53. */
  readonly amount: string;
  readonly currency: string;
  readonly interval: BillingInterval;
}

/** The last good prices of each provider: they outlive the process and the provider's outage. */
@Injectable()
export class PriceListsStore {
  /** The last good list; null when there never was one. */
  async of(reader: Transaction, provider: ProviderName): Promise<PriceList | null> {
    const [row] = await reader.query<{ prices: StoredPrice[]; fetched_at: Date }[]>(
      'select prices, fetched_at from price_list where provider = $1',
      [provider],
    );
    if (!row) return null;
    const prices = row.prices.map((price) => ({ ...price, amount: BigInt(price.amount) }));
    return { provider, prices, fetchedAt: row.fetched_at };
  }

  /** Keeps a list, unless a newer one is kept already. */
  async keep(tx: Transaction, { provider, prices, fetchedAt }: PriceList): Promise<void> {
    const stored: StoredPrice[] = prices.map((price) => ({ ...price, amount: price.amount.toString() }));
    await tx.query(
      `insert into price_list as p (provider, prices, fetched_at) values ($1, $2, $3)
       on conflict (provider) do update set prices = excluded.prices, fetched_at = excluded.fetched_at
       where p.fetched_at <= excluded.fetched_at`,
      [provider, JSON.stringify(stored), fetchedAt],
    );
  }
}

/** What is kept of a price as the provider told it. */
export function livePriceOf({ priceRef, money, interval }: ProviderPrice): LivePrice {
  return { priceRef, amount: money.amount, currency: money.currency, interval };
}
