import { Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError, TransactionRunner } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import { UserDirectory } from '../billing-owner/user-directory.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { ProviderCustomers } from '../subscription-sync/provider-customers.store.js';

/** Makes an owner known at a provider, once. */
@Injectable()
export class Customers {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly owners: BillingOwners,
    private readonly users: UserDirectory,
    private readonly customers: ProviderCustomers,
  ) {}

  /**
   * The owner's customer id at the provider, created on first use. The caller holds the owner's checkout lease,
   * so two first checkouts cannot both create; the provider call is safe to repeat after a crash.
   */
  async ensure(provider: PaymentProvider, ownerId: string): Promise<string> {
    const known = await this.customers.ofOwner(this.transactions.reader, provider.name, ownerId);
    if (known !== null) return known;
    const userId = await this.owners.userOf(this.transactions.reader, ownerId);
    const contact = userId === null ? undefined : (await this.users.find([userId])).get(userId);
    if (!contact) throw new NotFoundError('Billing owner');
    const { customerId } = await provider.ensureCustomer({ ownerId, ...contact });
    const linked = await this.transactions.run((tx) =>
      this.customers.link(tx, provider.name, ownerId, customerId),
    );
    if (!linked)
      throw new ConflictError(
        'customer_conflict',
        'The payment provider knows this customer as somebody else',
      );
    return customerId;
  }
}
