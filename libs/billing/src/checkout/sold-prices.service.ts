import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { PriceLists } from '../pricing/price-lists.service.js';
import type { BillingInterval, PaymentProvider } from '../providers/payment-provider.js';
import { ProviderRefusedError } from '../providers/provider.errors.js';
import { PriceNotOnSaleError } from './checkout.errors.js';

/** What is to be sold, and the provider's id of it. */
export interface SoldPrice {
  readonly plan: string;
  readonly interval: BillingInterval;
  readonly priceRef: string;
}

/** Notices that a price of ours is no longer on sale at the provider, and tells staff until it is again. */
@Injectable()
export class SoldPrices {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly alerts: Alerts,
    private readonly priceLists: PriceLists,
  ) {}

  /**
   * Does a sale. Asking before every one would cost a call each time; a provider refuses a price that was archived, so it is
   * asked when a sale was refused.
   *
   * @throws PriceNotOnSaleError in that case; any other refusal as it was
   */
  async sell<T>(provider: PaymentProvider, price: SoldPrice, sale: () => Promise<T>): Promise<T> {
    try {
      const sold = await sale();
      await this.settle(provider, price);
      return sold;
    } catch (error) {
      if (error instanceof ProviderRefusedError) await this.requireOnSale(provider, price);
      throw error;
    }
  }

  /**
   * Asks the provider whether it sells a price. One that does not say (in time) may well: it will, once it hears of the sale.
   *
   * @throws PriceNotOnSaleError
   */
  async requireOnSale(provider: PaymentProvider, price: SoldPrice): Promise<void> {
    const list = await this.priceLists.renew(provider.name);
    if (list === null) return;
    if (list.prices.some(({ priceRef }) => priceRef === price.priceRef)) return this.settle(provider, price);
    const { plan, interval, priceRef } = price;
    const details = { provider: provider.name, plan, interval, priceRef };
    await this.transactions.run((tx) =>
      this.alerts.raise(tx, {
        kind: 'price_not_on_sale',
        subject: subjectOf(provider, price),
        ownerId: null,
        details,
      }),
    );
    throw new PriceNotOnSaleError(plan, interval);
  }

  private async settle(provider: PaymentProvider, price: SoldPrice): Promise<void> {
    await this.transactions.run((tx) =>
      this.alerts.settle(tx, 'price_not_on_sale', subjectOf(provider, price)),
    );
  }
}

function subjectOf({ name }: PaymentProvider, { plan, interval }: SoldPrice): string {
  return `${name}:${plan}:${interval}`;
}
