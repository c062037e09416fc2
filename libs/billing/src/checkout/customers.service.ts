import { Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError, TransactionRunner } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import { UserDirectory } from '../billing-owner/user-directory.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { ProviderCustomers } from '../subscription-sync/provider-customers.store.js';
import { Quarantine } from '../subscription-sync/quarantine.service.js';
import { isCustomerGone } from './customer-gone.js';

/** Makes an owner known at a provider, once. */
@Injectable()
export class Customers {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly owners: BillingOwners,
    private readonly users: UserDirectory,
    private readonly customers: ProviderCustomers,
    private readonly quarantine: Quarantine,
  ) {}

  /**
   * Does what needs the owner's customer. When the provider refuses it because somebody has deleted the customer there,
   * and no event has told us, it is done once more with a new one.
   */
  async serve<T>(
    provider: PaymentProvider,
    ownerId: string,
    use: (customerId: string) => Promise<T>,
  ): Promise<T> {
    const customerId = await this.ensure(provider, ownerId);
    try {
      return await use(customerId);
    } catch (error) {
      if (!(await isCustomerGone(error, provider, customerId))) throw error;
      await this.transactions.run((tx) => this.customers.unlink(tx, provider.name, customerId));
      return use(await this.ensure(provider, ownerId));
    }
  }

  /**
   * The owner's customer id at the provider, created on first use. The caller holds the owner's checkout lease,
   * so two first checkouts cannot both create; the provider call is safe to repeat after a crash.
   */
  private async ensure(provider: PaymentProvider, ownerId: string): Promise<string> {
    const known = await this.customers.ofOwner(this.transactions.reader, provider.name, ownerId);
    if (known !== null) return known;
    const userId = await this.owners.userOf(this.transactions.reader, ownerId);
    const contact = userId === null ? undefined : (await this.users.find([userId])).get(userId);
    if (!contact) throw new NotFoundError('Billing owner');
    const { customerId } = await provider.ensureCustomer({ ownerId, ...contact });
    const linked = await this.transactions.run(async (tx) => {
      const holds = await this.customers.link(tx, provider.name, ownerId, customerId);
      // What this customer did before we knew them has waited for the link.
      if (holds) await this.quarantine.release(tx, provider.name, 'unknown_customer', customerId);
      return holds;
    });
    if (!linked)
      throw new ConflictError(
        'customer_conflict',
        'The payment provider knows this customer as somebody else',
      );
    return customerId;
  }
}
