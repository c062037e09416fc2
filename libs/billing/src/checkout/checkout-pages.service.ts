import { Inject, Injectable } from '@nestjs/common';
import { Clock, IdGenerator, TransactionRunner } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import { BILLING_OPTIONS, type BillingOptions } from '../billing.options.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { SubscriptionExistsError } from './checkout.errors.js';
import { CheckoutsStore, type CheckoutWish } from './checkouts.store.js';
import { Sellable, type SellableWish } from './sellable.service.js';

/** Where the customer pays. */
export interface CheckoutPage {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** Finds or opens the one checkout of an owner; the caller holds the owner's checkout lease. */
@Injectable()
export class CheckoutPages {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly store: CheckoutsStore,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly owners: BillingOwners,
    private readonly sellable: Sellable,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  /** The page that is open for the same wish; any other open page is closed and answers null. */
  async reuse(provider: PaymentProvider, ownerId: string, wish: CheckoutWish): Promise<CheckoutPage | null> {
    const open = await this.store.openOf(this.transactions.reader, ownerId);
    if (!open) return null;
    const expired = open.expiresAt <= this.clock.now();
    if (!expired && open.provider === provider.name && isSameWish(open, wish)) return open;
    if (!expired && open.provider === provider.name) await provider.closeCheckout(open.providerCheckoutId);
    await this.transactions.run((tx) => this.store.close(tx, open.id, expired ? 'expired' : 'superseded'));
    return null;
  }

  /** Opens a new page for the customer. */
  async create(
    provider: PaymentProvider,
    ownerId: string,
    customerId: string,
    { priceRef, ...wish }: SellableWish,
  ): Promise<CheckoutPage> {
    const id = this.ids.next();
    const hosted = await provider.createCheckout({
      ...wish,
      checkoutId: id,
      ownerId,
      customerId,
      priceRef,
      successUrl: `${this.options.appUrl}/checkout/done`,
      cancelUrl: `${this.options.appUrl}/pricing`,
    });
    const opened = await this.transactions.run(async (tx) => {
      // What was paid meanwhile is applied under the same lock: either it sees this page, or we see it.
      await this.owners.lock(tx, ownerId);
      if (await this.sellable.liveSubscription(tx, ownerId)) return false;
      await this.store.insert(tx, {
        ...wish,
        id,
        ownerId,
        provider: provider.name,
        hosted,
        at: this.clock.now(),
      });
      return true;
    });
    if (!opened) {
      await provider.closeCheckout(hosted.id);
      throw new SubscriptionExistsError(wish.plan);
    }
    return { id, url: hosted.url, expiresAt: hosted.expiresAt };
  }
}

function isSameWish(one: CheckoutWish, other: CheckoutWish): boolean {
  return one.plan === other.plan && one.interval === other.interval && one.seats === other.seats;
}
