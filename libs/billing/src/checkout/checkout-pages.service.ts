import { Injectable, Logger } from '@nestjs/common';
import { Clock, errorLine, IdGenerator, type Transaction, TransactionRunner } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { SubscriptionExistsError } from './checkout.errors.js';
import { CheckoutsStore, type CheckoutWish, type OpenCheckout } from './checkouts.store.js';
import { Sellable, type SellableWish } from './sellable.service.js';

/** Where the customer pays. */
export interface CheckoutPage {
  readonly id: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** Who buys, and where the page leads them afterwards. */
export interface Buyer {
  readonly ownerId: string;
  readonly customerId: string;
  readonly successUrl: string;
  readonly cancelUrl: string;
}

/** Finds or opens the one checkout of an owner; the caller holds the owner's checkout lease. */
@Injectable()
export class CheckoutPages {
  private readonly logger = new Logger(CheckoutPages.name);

  constructor(
    private readonly transactions: TransactionRunner,
    private readonly store: CheckoutsStore,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
    private readonly owners: BillingOwners,
    private readonly sellable: Sellable,
    private readonly providers: ProviderRegistry,
  ) {}

  /** The page that is open for the same wish; null when there is none. */
  async find(provider: PaymentProvider, ownerId: string, wish: CheckoutWish): Promise<CheckoutPage | null> {
    const open = await this.store.openOf(this.transactions.reader, ownerId);
    const fits = open && open.provider === provider.name && isSameWish(open, wish);
    return fits && !this.isExpired(open) ? open : null;
  }

  /** Opens a new page for the customer, and only then closes the one that was open: a refusal leaves all as it was. */
  async create(
    provider: PaymentProvider,
    { ownerId, ...buyer }: Buyer,
    wish: SellableWish,
  ): Promise<CheckoutPage> {
    const id = this.ids.next();
    const { plan, interval, seats, priceRef, trialDays, replaces } = wish;
    const order = { plan, interval, seats, priceRef, trialDays };
    const older = await this.store.openOf(this.transactions.reader, ownerId);
    const hosted = await provider.createCheckout({ ...order, ...buyer, checkoutId: id, ownerId });
    const opened = await this.transactions.run(async (tx) => {
      // What was paid meanwhile is applied under the same lock: either it sees this page, or we see it.
      await this.owners.lock(tx, ownerId);
      if (await this.sellable.isTaken(tx, ownerId, wish)) return false;
      if (older) await this.closeRow(tx, older);
      const row = { id, ownerId, provider: provider.name, plan, interval, seats, trialDays, replaces };
      await this.store.insert(tx, { ...row, hosted, at: this.clock.now() });
      return true;
    });
    if (!opened) {
      await provider.closeCheckout(hosted.id);
      throw new SubscriptionExistsError({ plan });
    }
    if (older) await this.closeAtProvider(older);
    return { id, url: hosted.url, expiresAt: hosted.expiresAt };
  }

  /** Closes the page that an owner has open, if there is one: something else is bought. */
  async closeOpen(ownerId: string): Promise<void> {
    const open = await this.store.openOf(this.transactions.reader, ownerId);
    if (!open) return;
    await this.transactions.run((tx) => this.closeRow(tx, open));
    await this.closeAtProvider(open);
  }

  private isExpired({ expiresAt }: OpenCheckout): boolean {
    return expiresAt <= this.clock.now();
  }

  private closeRow(tx: Transaction, open: OpenCheckout): Promise<void> {
    return this.store.close(tx, open.id, this.isExpired(open) ? 'expired' : 'superseded');
  }

  /** Nothing is left to close once its time is over. One that cannot be closed is superseded: staff hear should it be paid. */
  private async closeAtProvider(open: OpenCheckout): Promise<void> {
    if (this.isExpired(open)) return;
    const { provider, providerCheckoutId } = open;
    try {
      await this.providers.get(provider).closeCheckout(providerCheckoutId);
    } catch (error) {
      this.logger.warn(`cannot close ${provider} checkout ${providerCheckoutId}: ${errorLine(error)}`);
    }
  }
}

function isSameWish(one: CheckoutWish, other: CheckoutWish): boolean {
  return one.plan === other.plan && one.interval === other.interval && one.seats === other.seats;
}
