import { Inject, Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { BILLING_OPTIONS, type BillingOptions } from '../billing.options.js';
import type { ProviderName } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { ProviderCustomers } from '../subscription-sync/provider-customers.store.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { NothingBoughtError } from './checkout.errors.js';
import { isCustomerGone } from './customer-gone.js';

/** The provider's page on which an owner sees invoices, cancels, and undoes a cancellation. */
@Injectable()
export class Portal {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly subscriptions: SubscriptionsStore,
    private readonly customers: ProviderCustomers,
    private readonly transactions: TransactionRunner,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  /**
   * Opens a portal session at the provider where the owner bought last; made anew for each click.
   *
   * @throws NothingBoughtError when the owner is no provider's customer yet, or not any more
   */
  async open(ownerId: string): Promise<{ url: string }> {
    const { reader } = this.transactions;
    const bought = (await this.subscriptions.ofOwner(reader, ownerId))?.provider;
    const customerOf = (name: ProviderName) => this.customers.ofOwner(reader, name, ownerId);
    const last = bought && (await customerOf(bought));
    const name = last ? bought : this.providers.toSell().name;
    const customerId = last ?? (await customerOf(name));
    if (customerId === null) throw new NothingBoughtError();
    const returnUrl = `${this.options.appUrl}/settings/billing`;
    const provider = this.providers.get(name);
    try {
      return await provider.createPortalSession({ customerId, returnUrl });
    } catch (error) {
      if (!(await isCustomerGone(error, provider, customerId))) throw error;
      throw new NothingBoughtError();
    }
  }
}
