import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { ProviderRefusedError } from '../providers/provider.errors.js';
import { PriceNotOnSaleError } from './checkout.errors.js';
import type { SellableWish } from './sellable.service.js';

/**
 * Notices that a price of ours is no longer on sale at the provider. Asking before every checkout would cost a call each
 * time; a provider refuses a price that was archived, so it is asked when a sale was refused.
 */
@Injectable()
export class SoldPrices {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly alerts: Alerts,
  ) {}

  /**
   * Does a sale. When the provider refuses it and does not sell the price any more, staff hear of it until the plan was
   * sold again.
   *
   * @throws PriceNotOnSaleError in that case; any other refusal as it was
   */
  async sell<T>(provider: PaymentProvider, wish: SellableWish, sale: () => Promise<T>): Promise<T> {
    const { plan, interval, priceRef } = wish;
    const subject = `${provider.name}:${plan}:${interval}`;
    try {
      const sold = await sale();
      await this.transactions.run((tx) => this.alerts.settle(tx, 'price_not_on_sale', subject));
      return sold;
    } catch (error) {
      if (!(error instanceof ProviderRefusedError) || (await this.mayBeOnSale(provider, priceRef)))
        throw error;
      const details = { provider: provider.name, plan, interval, priceRef };
      await this.transactions.run((tx) =>
        this.alerts.raise(tx, { kind: 'price_not_on_sale', subject, ownerId: null, details }),
      );
      throw new PriceNotOnSaleError(plan, interval);
    }
  }

  /** True as well when the provider does not say: then its first answer is all that is known. */
  private async mayBeOnSale(provider: PaymentProvider, priceRef: string): Promise<boolean> {
    try {
      return (await provider.listPrices()).some((price) => price.priceRef === priceRef);
    } catch {
      return true;
    }
  }
}
