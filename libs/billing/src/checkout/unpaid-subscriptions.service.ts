import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { PriceMap } from '../plan-detection/price-map.store.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import { LIVE_STATUSES } from '../subscriptions/subscription.js';
import { wayOn } from '../subscriptions/way-on.js';
import { SubscriptionExistsError } from './checkout.errors.js';
import type { SellableWish } from './sellable.service.js';

/**
 * What was created without a page and waits for its first payment at the provider: one for each customer, because each could
 * be paid. The provider itself is asked, its webhooks may be on their way. The caller holds the owner's checkout lease.
 */
@Injectable()
export class UnpaidSubscriptions {
  constructor(
    private readonly priceMap: PriceMap,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * Ends all of a customer's that are not of this wish (null: all).
   *
   * @returns how many subscriptions of the customer no longer wait
   * @throws SubscriptionExistsError one is live: a trial lives at once, and one that waited may have been paid
   */
  async endOthers(
    provider: PaymentProvider,
    customerId: string,
    wish: Pick<SellableWish, 'priceRef' | 'seats'> | null,
  ): Promise<number> {
    const others: string[] = [];
    let over = 0;
    for await (const one of provider.listSubscriptions({ customerId })) {
      await this.assertNotLive(provider, one);
      if (one.status !== 'incomplete') over += 1;
      else if (!isOf(one, wish)) others.push(one.id);
    }
    for (const id of others) await this.end(provider, id);
    return over + others.length;
  }

  /** Looked at once more: between the list and the end its buyer may have paid. */
  private async end(provider: PaymentProvider, id: string): Promise<void> {
    const now = await provider.fetchSubscription(id);
    if (now !== null) await this.assertNotLive(provider, now);
    if (now?.status === 'incomplete') await provider.revoke(id);
  }

  private async assertNotLive(
    provider: PaymentProvider,
    { status, priceRef, cancelAt }: ProviderSubscription,
  ): Promise<void> {
    if (status === null || !LIVE_STATUSES.has(status)) return;
    const { reader } = this.transactions;
    const price = priceRef === null ? null : await this.priceMap.find(reader, provider.name, priceRef);
    throw new SubscriptionExistsError({ plan: price?.plan ?? null, ...wayOn({ status, cancelAt }) });
  }
}

function isOf(one: ProviderSubscription, wish: Pick<SellableWish, 'priceRef' | 'seats'> | null): boolean {
  return wish !== null && one.priceRef === wish.priceRef && one.seats === (wish.seats ?? 1);
}
