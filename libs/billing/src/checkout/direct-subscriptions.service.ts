import { Injectable } from '@nestjs/common';
import { Leases } from '@tollgate/kernel';
import type { PaymentProvider } from '../providers/payment-provider.js';
import type { PendingSubscription } from '../providers/provider-changes.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { CheckoutRequiredError } from '../providers/provider.errors.js';
import { buyAlone } from './buy-alone.js';
import { type Buyer, CheckoutPages } from './checkout-pages.service.js';
import { Customers } from './customers.service.js';
import { type CheckoutRequest, Sellable, type SellableWish } from './sellable.service.js';
import { SoldPrices } from './sold-prices.service.js';
import { UnpaidSubscriptions } from './unpaid-subscriptions.service.js';

/**
 * Creates subscriptions without a hosted page, for applications that confirm the first payment themselves. Nothing of
 * ours is written: access comes with the webhook.
 */
@Injectable()
export class DirectSubscriptions {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly leases: Leases,
    private readonly sellable: Sellable,
    private readonly customers: Customers,
    private readonly prices: SoldPrices,
    private readonly unpaid: UnpaidSubscriptions,
    private readonly pages: CheckoutPages,
  ) {}

  /**
   * Creates it, or answers the one that the same wish created before and that still waits for its payment. Of one owner one
   * waits at a time: another wish ends it first, and an open page is closed.
   *
   * @throws CheckoutRequiredError where the provider sells by hosted pages only (Managed Payments, Polar)
   * @throws NotForSaleError @throws SeatsRefusedError @throws SubscriptionExistsError @throws PriceNotOnSaleError
   */
  async create(ownerId: string, request: CheckoutRequest): Promise<PendingSubscription> {
    const provider = this.providers.toSell();
    if (!provider.capabilities.directSubscriptions) throw new CheckoutRequiredError();
    return buyAlone(this.leases, ownerId, async () => {
      const wish = await this.sellable.check(provider.name, ownerId, request);
      const pending = await this.prices.sell(provider, wish, () =>
        this.customers.serve(provider, ownerId, (customerId) =>
          this.createOnly(provider, { ownerId, customerId }, wish),
        ),
      );
      await this.pages.closeOpen(ownerId);
      return pending;
    });
  }

  /** The key is the same until something has come of it: so long a second click creates nothing. */
  private async createOnly(
    provider: PaymentProvider,
    { ownerId, customerId }: Pick<Buyer, 'ownerId' | 'customerId'>,
    { priceRef, seats, trialDays }: SellableWish,
  ): Promise<PendingSubscription> {
    const over = await this.unpaid.endOthers(provider, customerId, { priceRef, seats });
    const intentKey = `direct:${customerId}:${priceRef}:${seats ?? 0}:${trialDays ?? 0}:${over}`;
    return provider.createSubscription({ ownerId, customerId, priceRef, seats, trialDays, intentKey });
  }
}
