import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import { OwnerSubscription } from './owner-subscription.service.js';

const BATCH = 500;

/** Persists cancellations that have taken effect, whether or not the provider has said so yet. */
@Injectable()
export class ExpireSubscriptions {
  constructor(
    private readonly transactions: TransactionRunner,
    private readonly owners: BillingOwners,
    private readonly ownerSubscription: OwnerSubscription,
  ) {}

  /** Puts owners whose scheduled cancellation has come by `at` back to the default plan; answers how many. */
  async run(at: Date): Promise<number> {
    const due = await this.transactions.reader.query<{ owner_id: string }[]>(
      `select owner_id from subscription where provider_subscription_id is not null and cancel_at <= $1 limit $2`,
      [at, BATCH],
    );
    for (const { owner_id: ownerId } of due) {
      await this.transactions.run(async (tx) => {
        await this.owners.lock(tx, ownerId);
        await this.ownerSubscription.refresh(tx, ownerId, at, 'subscriptions.expire');
      });
    }
    return due.length;
  }
}
