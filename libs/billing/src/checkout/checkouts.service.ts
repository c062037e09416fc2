import { Injectable } from '@nestjs/common';
import { Leases } from '@tollgate/kernel';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { type CheckoutPage, CheckoutPages } from './checkout-pages.service.js';
import { Customers } from './customers.service.js';
import { type CheckoutRequest, Sellable } from './sellable.service.js';

const LEASE_MS = 60_000;
/** Whoever waits longer than this for the same owner's checkout is told to try again. */
const WAIT_MS = 4_000;

/**
 * Opens hosted checkouts. One at a time for each owner, so that a double click buys once: the same wish gets the
 * page that is open already, another wish closes it first.
 */
@Injectable()
export class Checkouts {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly leases: Leases,
    private readonly sellable: Sellable,
    private readonly customers: Customers,
    private readonly pages: CheckoutPages,
  ) {}

  /**
   * Opens (or finds) the checkout of an owner.
   *
   * @throws NotForSaleError @throws SeatsRefusedError @throws SubscriptionExistsError
   * @throws ProviderUnavailableError while the provider is down
   */
  async open(ownerId: string, request: CheckoutRequest): Promise<CheckoutPage> {
    const provider = this.providers.toSell();
    return this.leases.alone(`checkout:${ownerId}`, LEASE_MS, WAIT_MS, async () => {
      // Checked under the lease: while we waited, the owner may have bought.
      const wish = await this.sellable.check(provider.name, ownerId, request);
      const open = await this.pages.reuse(provider, ownerId, wish);
      if (open) return open;
      const customerId = await this.customers.ensure(provider, ownerId);
      return this.pages.create(provider, ownerId, customerId, wish);
    });
  }
}
