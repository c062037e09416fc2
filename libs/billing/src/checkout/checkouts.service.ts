import { Inject, Injectable } from '@nestjs/common';
import { Leases } from '@tollgate/kernel';
import { BILLING_OPTIONS, type BillingOptions } from '../billing.options.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { buyAlone } from './buy-alone.js';
import { type CheckoutPage, CheckoutPages } from './checkout-pages.service.js';
import { Customers } from './customers.service.js';
import { allowedReturnUrl } from './return-url.js';
import { type CheckoutRequest, Sellable } from './sellable.service.js';
import { SoldPrices } from './sold-prices.service.js';
import { UnpaidSubscriptions } from './unpaid-subscriptions.service.js';

/**
 * Opens hosted checkouts. One at a time for each owner, so that a double click buys once: the same wish gets the
 * page that is open already, another wish closes it.
 */
@Injectable()
export class Checkouts {
  constructor(
    private readonly providers: ProviderRegistry,
    private readonly leases: Leases,
    private readonly sellable: Sellable,
    private readonly customers: Customers,
    private readonly pages: CheckoutPages,
    private readonly prices: SoldPrices,
    private readonly unpaid: UnpaidSubscriptions,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  /**
   * Opens (or finds) the checkout of an owner.
   *
   * @throws NotForSaleError @throws SeatsRefusedError @throws SubscriptionExistsError @throws ReturnUrlRefusedError
   * @throws PriceNotOnSaleError the provider has archived the price; a page that is open stays open then
   * @throws ProviderUnavailableError while the provider is down
   */
  async open(ownerId: string, request: CheckoutRequest): Promise<CheckoutPage> {
    const provider = this.providers.toSell();
    const { appUrl } = this.options;
    const successUrl = this.returnTo(request.successUrl, `${appUrl}/checkout/done`);
    const cancelUrl = this.returnTo(request.cancelUrl, `${appUrl}/pricing`);
    return buyAlone(this.leases, ownerId, async () => {
      // Checked under the lease: while we waited, the owner may have bought.
      const wish = await this.sellable.check(provider.name, ownerId, request);
      const open = await this.pages.find(provider, ownerId, wish);
      if (open) return open;
      return this.prices.sell(provider, wish, () =>
        this.customers.serve(provider, ownerId, async (customerId) => {
          const page = await this.pages.create(
            provider,
            { ownerId, customerId, successUrl, cancelUrl },
            wish,
          );
          await this.endUnpaid(provider, ownerId, customerId);
          return page;
        }),
      );
    });
  }

  /** Where subscriptions are sold without a page too, one that waits for its payment makes way for the page. */
  private async endUnpaid(provider: PaymentProvider, ownerId: string, customerId: string): Promise<void> {
    if (!provider.capabilities.directSubscriptions) return;
    try {
      await this.unpaid.endOthers(provider, customerId, null);
    } catch (error) {
      await this.pages.closeOpen(ownerId);
      throw error;
    }
  }

  private returnTo(asked: string | undefined, otherwise: string): string {
    return asked === undefined ? otherwise : allowedReturnUrl(asked, this.options.returnOrigins);
  }
}
