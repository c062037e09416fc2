import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { CheckoutsStore } from '../checkout/checkouts.store.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { Inbox } from './inbox.service.js';
import type { OwnEvent } from './own-events.store.js';
import { ProviderCustomers } from './provider-customers.store.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';

/** A customer whose end an event tells. */
export type ToldCustomer = Pick<OwnEvent, 'provider' | 'customerId'>;

/** What becomes of customers whom somebody has deleted at a provider. */
@Injectable()
export class DeletedCustomers {
  private readonly logger = new Logger(DeletedCustomers.name);

  constructor(
    private readonly providers: ProviderRegistry,
    private readonly customers: ProviderCustomers,
    private readonly checkouts: CheckoutsStore,
    private readonly known: ProviderSubscriptions,
    private readonly inbox: Inbox,
  ) {}

  /**
   * Whether the provider itself says that the customer is gone: an event is a reason to ask, and no more. Asked before any
   * transaction.
   *
   * @throws ProviderUnavailableError @throws ProviderRefusedError while the provider does not say
   */
  async isGone({ provider, customerId }: ToldCustomer): Promise<boolean> {
    if (customerId === null) return false;
    const isThere = await this.providers.get(provider).hasCustomer(customerId);
    if (isThere)
      this.logger.warn(`an event says that ${provider} customer ${customerId} is deleted; they are not`);
    return !isThere;
  }

  /**
   * The provider ended everything the customer had, and will make a new customer for the owner when asked. A page in the
   * name of the old one sells nothing to them any more.
   */
  async forget(tx: Transaction, { provider, customerId }: ToldCustomer): Promise<void> {
    if (customerId === null) return;
    const ownerId = await this.customers.unlink(tx, provider, customerId);
    if (ownerId !== null) await this.checkouts.supersedeOf(tx, provider, ownerId);
    for (const subscriptionId of await this.known.livingOfCustomer(tx, provider, customerId))
      await this.inbox.wantSync(tx, { provider, subscriptionId });
  }
}
