import { Injectable, Logger } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import { CheckoutsStore } from '../checkout/checkouts.store.js';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import { nextLook } from '../subscriptions/subscription-access.js';
import { Inbox, type QuarantineNote, type WaitingEvent } from './inbox.service.js';
import { OwnerSubscription } from './owner-subscription.service.js';
import { type KnownSubscription, ProviderSubscriptions } from './provider-subscriptions.store.js';
import { RecogniseSubscription } from './recognise-subscription.service.js';

/** What is to be applied. */
export interface FetchedSubscription {
  readonly fetched: ProviderSubscription;
  readonly fetchedAt: Date;
  /** The events that waited before the fetch began: its answer covers them all. */
  readonly events: readonly WaitingEvent[];
}

/** Writes a fetched subscription: rows, assignment, audit and handled events in one transaction. */
@Injectable()
export class ApplySubscription {
  private readonly logger = new Logger(ApplySubscription.name);

  constructor(
    private readonly recognition: RecogniseSubscription,
    private readonly known: ProviderSubscriptions,
    private readonly owners: BillingOwners,
    private readonly ownerSubscription: OwnerSubscription,
    private readonly checkouts: CheckoutsStore,
    private readonly inbox: Inbox,
  ) {}

  /** Applies within `tx`; the order of locks is owner, then subscription. */
  async apply(tx: Transaction, { fetched, fetchedAt, events }: FetchedSubscription): Promise<void> {
    const known = await this.known.find(tx, fetched.provider, fetched.id);
    const recognised = await this.recognition.recognise(tx, fetched, known);
    if ('refused' in recognised) return this.setAside(tx, fetched, events, recognised.refused);
    await this.owners.lock(tx, recognised.ownerId);
    if (known?.endedAt && !fetched.endedAt) {
      // An id that has ended stays ended, whatever comes late.
      return this.inbox.markHandled(tx, events);
    }
    await this.known.save(tx, fetched, {
      ...recognised,
      fetchedAt,
      pastDueSince: pastDueSince(fetched, known, fetchedAt),
      nextLookAt: nextLook({ ...fetched, status: recognised.status }, fetchedAt),
    });
    // What was open has been paid: the next wish to buy opens a new page.
    if (!known) await this.checkouts.completeOf(tx, recognised.ownerId);
    await this.ownerSubscription.refresh(tx, recognised.ownerId, fetchedAt, 'subscription-sync');
    if (recognised.unknownPrice) return this.setAside(tx, fetched, events, 'unknown_price');
    await this.inbox.markHandled(tx, events);
  }

  private async setAside(
    tx: Transaction,
    { provider, id }: ProviderSubscription,
    events: readonly WaitingEvent[],
    note: QuarantineNote,
  ): Promise<void> {
    this.logger.error(`${provider} subscription ${id} is quarantined: ${note}`);
    await this.inbox.quarantine(tx, events, note);
  }
}

/** Since when payment is due: what the provider says, else what we noticed first; none once it is paid. */
function pastDueSince(fetched: ProviderSubscription, known: KnownSubscription | null, at: Date): Date | null {
  if (fetched.status !== 'past_due') return null;
  return fetched.pastDueSince ?? known?.pastDueSince ?? at;
}
