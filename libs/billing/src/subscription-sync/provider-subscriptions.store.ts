import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import {
  columnsOf,
  knownOf,
  type KnownRow,
  type KnownSubscription,
  type Recognised,
} from './known-subscription.js';

/** The provider's subscriptions as last fetched. */
@Injectable()
export class ProviderSubscriptions {
  /** One subscription by its id. */
  async find(reader: Transaction, provider: ProviderName, id: string): Promise<KnownSubscription | null> {
    const rows = await reader.query<KnownRow[]>(
      'select * from provider_subscription where provider = $1 and id = $2',
      [provider, id],
    );
    return rows[0] ? knownOf(rows[0]) : null;
  }

  /** Those of these ids that are known. */
  async findAll(
    reader: Transaction,
    provider: ProviderName,
    ids: readonly string[],
  ): Promise<KnownSubscription[]> {
    const rows = await reader.query<KnownRow[]>(
      'select * from provider_subscription where provider = $1 and id = any($2)',
      [provider, ids],
    );
    return rows.map(knownOf);
  }

  /** All that an owner ever had, at any provider. */
  async ofOwner(reader: Transaction, ownerId: string): Promise<KnownSubscription[]> {
    const rows = await reader.query<KnownRow[]>('select * from provider_subscription where owner_id = $1', [
      ownerId,
    ]);
    return rows.map(knownOf);
  }

  /** The ids of a customer's subscriptions that have not ended. */
  async livingOfCustomer(reader: Transaction, provider: ProviderName, customerId: string): Promise<string[]> {
    const rows = await reader.query<{ id: string }[]>(
      'select id from provider_subscription where provider = $1 and customer_id = $2 and ended_at is null',
      [provider, customerId],
    );
    return rows.map(({ id }) => id);
  }

  /** Writes the row whole. */
  async save(tx: Transaction, fetched: ProviderSubscription, recognised: Recognised): Promise<void> {
    const values = columnsOf(fetched, recognised);
    const columns = Object.keys(values);
    const updates = columns.filter((column) => column !== 'provider' && column !== 'id');
    await tx.query(
      `insert into provider_subscription (${columns.join(', ')})
       values (${columns.map((_, index) => `$${index + 1}`).join(', ')})
       on conflict (provider, id) do update set ${updates.map((column) => `${column} = excluded.${column}`).join(', ')}`,
      Object.values(values),
    );
  }

  /** Takes up to `limit` subscriptions whose edge has come, and pushes their next look to `next`. */
  async takeDueLooks(
    tx: Transaction,
    now: Date,
    next: Date,
    limit: number,
  ): Promise<{ provider: ProviderName; subscriptionId: string }[]> {
    const [rows] = await tx.query<[{ provider: ProviderName; subscriptionId: string }[], number]>(
      `update provider_subscription set next_look_at = $2
       where (provider, id) in (
         select provider, id from provider_subscription where next_look_at <= $1
         order by next_look_at limit $3 for update skip locked)
       returning provider, id as "subscriptionId"`,
      [now, next, limit],
    );
    return rows;
  }
}
