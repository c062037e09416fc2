import { Injectable } from '@nestjs/common';
import { Clock, type Lease, Leases, TransactionRunner } from '@tollgate/kernel';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { ApplySubscription } from './apply-subscription.service.js';
import { Inbox, type SyncSubscription } from './inbox.service.js';
import { Quarantine } from './quarantine.service.js';

/**
 * Brings one provider subscription up to date: one fetch for all its waiting events, then one transaction.
 * No connection is held during the fetch; the lease's token is checked before anything is written, so a worker
 * that lost its lease writes nothing.
 */
@Injectable()
export class SubscriptionSync {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly transactions: TransactionRunner,
    private readonly leases: Leases,
    private readonly inbox: Inbox,
    private readonly applying: ApplySubscription,
    private readonly quarantine: Quarantine,
    private readonly clock: Clock,
  ) {}

  /**
   * Fetches and applies under the caller's lease.
   *
   * @throws ProviderUnavailableError when the provider gives no answer
   * @throws LeaseLostError when the lease was taken over meanwhile; nothing is written then
   */
  async run(wanted: SyncSubscription, lease: Lease): Promise<void> {
    const events = await this.inbox.waitingFor(this.transactions.reader, wanted);
    const fetchedAt = this.clock.now();
    const fetched = await this.providers.get(wanted.provider).fetchSubscription(wanted.subscriptionId);
    await this.transactions.run(async (tx) => {
      await this.leases.assertHeld(tx, lease);
      if (fetched) await this.applying.apply(tx, { fetched, fetchedAt, events });
      else await this.quarantine.setAside(tx, wanted, events, 'unknown_subscription');
    });
  }
}
