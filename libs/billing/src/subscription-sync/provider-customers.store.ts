import { Injectable } from '@nestjs/common';
import { Clock, type Transaction } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';

/** The link between our owners and the customers at the providers: made by us, one each way. */
@Injectable()
export class ProviderCustomers {
  constructor(private readonly clock: Clock) {}

  /** The customer id of an owner at a provider. */
  async ofOwner(reader: Transaction, provider: ProviderName, ownerId: string): Promise<string | null> {
    const [row] = await reader.query<{ customer_id: string }[]>(
      'select customer_id from provider_customer where provider = $1 and owner_id = $2',
      [provider, ownerId],
    );
    return row?.customer_id ?? null;
  }

  /** The owner behind a customer id of a provider. */
  async ownerOf(reader: Transaction, provider: ProviderName, customerId: string): Promise<string | null> {
    const [row] = await reader.query<{ owner_id: string }[]>(
      'select owner_id from provider_customer where provider = $1 and customer_id = $2',
      [provider, customerId],
    );
    return row?.owner_id ?? null;
  }

  /** Makes the link unless either side has another one already, which stays; answers whether this link holds. */
  async link(tx: Transaction, provider: ProviderName, ownerId: string, customerId: string): Promise<boolean> {
    await tx.query(
      `insert into provider_customer (provider, owner_id, customer_id, created_at) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [provider, ownerId, customerId, this.clock.now()],
    );
    return (await this.ofOwner(tx, provider, ownerId)) === customerId;
  }

  /** Forgets a customer that the provider has deleted; answers whose they were, null when nobody's. */
  async unlink(tx: Transaction, provider: ProviderName, customerId: string): Promise<string | null> {
    const [[row]] = await tx.query<[{ owner_id: string }[], number]>(
      'delete from provider_customer where provider = $1 and customer_id = $2 returning owner_id',
      [provider, customerId],
    );
    return row?.owner_id ?? null;
  }
}
