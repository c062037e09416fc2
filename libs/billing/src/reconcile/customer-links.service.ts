import { Injectable } from '@nestjs/common';
import {
  AuditLog,
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  TransactionRunner,
} from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import type { Author } from '../provider-commands/provider-commands.service.js';
import type { ProviderName } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { Inbox } from '../subscription-sync/inbox.service.js';
import { ProviderCustomers } from '../subscription-sync/provider-customers.store.js';
import { Quarantine } from '../subscription-sync/quarantine.service.js';

/** The provider has no customer of this id. */
export class CustomerUnknownError extends InvalidRequestError {
  constructor(provider: ProviderName, customerId: string) {
    super('customer_unknown', `The payment provider (${provider}) has no such customer`, { customerId });
  }
}

/** Says whose a provider's customer is, for subscriptions that existed before Tollgate did. */
@Injectable()
export class CustomerLinks {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly owners: BillingOwners,
    private readonly customers: ProviderCustomers,
    private readonly inbox: Inbox,
    private readonly quarantine: Quarantine,
    private readonly alerts: Alerts,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Links the customer to the owner and imports all that the provider tells of them, ended subscriptions included: a
   * trial that was used stays used.
   *
   * @returns how many subscriptions are imported
   * @throws NotFoundError unknown owner, or the provider is not configured
   * @throws CustomerUnknownError the provider has no such customer, or has deleted them
   * @throws ConflictError `customer_conflict` when either has another link already
   * @throws ProviderUnavailableError while the provider is down; nothing is linked then
   */
  async link(ownerId: string, provider: ProviderName, customerId: string, author: Author): Promise<number> {
    const adapter = this.providers.get(provider);
    // A link that leads nowhere would have every checkout of the tenant refused.
    if (!(await adapter.hasCustomer(customerId))) throw new CustomerUnknownError(provider, customerId);
    const found: string[] = [];
    for await (const { id } of adapter.listSubscriptions({ customerId })) found.push(id);
    await this.transactions.run(async (tx) => {
      if (!(await this.owners.lock(tx, ownerId))) throw new NotFoundError('Tenant');
      if (!(await this.customers.link(tx, provider, ownerId, customerId)))
        throw new ConflictError(
          'customer_conflict',
          'The customer or the tenant is linked to another one already',
        );
      const subject = { type: 'provider_customer', id: `${provider}:${customerId}` };
      await this.audit.record(tx, { ...author, action: 'customer.linked', subject, ownerId });
      await this.quarantine.release(tx, provider, 'unknown_customer', customerId);
      for (const subscriptionId of found) {
        await this.inbox.wantSync(tx, { provider, subscriptionId });
        await this.alerts.settle(tx, 'foreign_subscription', `${provider}:${subscriptionId}`);
      }
    });
    return found.length;
  }
}
