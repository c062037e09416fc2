import { Injectable } from '@nestjs/common';
import { NotFoundError, type Transaction } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import type { PaymentProvider } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { isLive, type LiveSubscription, type Subscription } from '../subscriptions/subscription.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { NoSubscriptionError } from './plan-changes.errors.js';

/** A live subscription and where it lives. */
export interface Changeable {
  readonly subscription: LiveSubscription;
  readonly provider: PaymentProvider;
}

/** Finds what can be changed, and keeps it still while it is. */
@Injectable()
export class ChangeableSubscriptions {
  constructor(
    private readonly owners: BillingOwners,
    private readonly subscriptions: SubscriptionsStore,
    private readonly providers: ProviderRegistry,
  ) {}

  /**
   * The owner's live subscription; owner and subscription stay locked until the end of the transaction.
   *
   * @throws NotFoundError unknown owner, or a provider that is not configured any more
   * @throws NoSubscriptionError nothing is paid for through a provider
   */
  async lock(tx: Transaction, ownerId: string): Promise<Changeable> {
    if (!(await this.owners.lock(tx, ownerId))) throw new NotFoundError('Tenant');
    return this.changeable(await this.subscriptions.lock(tx, ownerId));
  }

  /** The same for looking only, without a lock. */
  async look(reader: Transaction, ownerId: string): Promise<Changeable> {
    const subscription = await this.subscriptions.ofOwner(reader, ownerId);
    if (!subscription) throw new NotFoundError('Tenant');
    return this.changeable(subscription);
  }

  private changeable(subscription: Subscription | null): Changeable {
    if (!isLive(subscription)) throw new NoSubscriptionError();
    return { subscription, provider: this.providers.get(subscription.provider) };
  }
}
