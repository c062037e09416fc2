import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import { billingAnchorOf } from '../subscriptions/billing-anchor.js';
import { nextLook } from '../subscriptions/subscription-access.js';
import { BoughtCheckouts } from './bought-checkouts.service.js';
import type { WaitingEvent } from './inbox-event.js';
import type { KnownSubscription } from './known-subscription.js';
import { OwnerSubscription } from './owner-subscription.service.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';
import { Quarantine } from './quarantine.service.js';
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
  constructor(
    private readonly recognition: RecogniseSubscription,
    private readonly known: ProviderSubscriptions,
    private readonly owners: BillingOwners,
    private readonly ownerSubscription: OwnerSubscription,
    private readonly checkouts: BoughtCheckouts,
    private readonly quarantine: Quarantine,
  ) {}

  /** Applies within `tx`; the order of locks is owner, then subscription. */
  async apply(tx: Transaction, { fetched, fetchedAt, events }: FetchedSubscription): Promise<void> {
    const subject = { provider: fetched.provider, subscriptionId: fetched.id };
    const known = await this.known.find(tx, fetched.provider, fetched.id);
    const recognised = await this.recognition.recognise(tx, fetched, known, fetchedAt);
    if ('refused' in recognised)
      return this.quarantine.setAside(tx, subject, events, recognised.refused, known?.ownerId);
    const { ownerId, unrecognised } = recognised;
    await this.owners.lock(tx, ownerId);
    // An id that has ended stays ended, whatever comes late.
    if (known?.endedAt && !fetched.endedAt) return this.quarantine.clear(tx, subject, events);
    await this.known.save(tx, fetched, {
      ...recognised,
      fetchedAt,
      pastDueSince: pastDueSince(fetched, known, fetchedAt),
      billingAnchor: billingAnchorOf(fetched, known?.billingAnchor ?? null),
      nextLookAt: nextLook({ ...fetched, status: recognised.status }, fetchedAt),
    });
    if (!known) await this.checkouts.settle(tx, ownerId, fetched.checkoutId);
    await this.ownerSubscription.refresh(tx, ownerId, fetchedAt, 'subscription-sync');
    if (unrecognised) return this.quarantine.setAside(tx, subject, events, unrecognised, ownerId);
    await this.quarantine.clear(tx, subject, events);
  }
}

/**
 * Since when payment is due; none once it is paid. The earliest that is known of one dunning: a payment that fails later
 * does not begin another grace period. When we heard of it counts only where the provider does not tell.
 */
function pastDueSince(fetched: ProviderSubscription, known: KnownSubscription | null, at: Date): Date | null {
  if (fetched.status !== 'past_due') return null;
  const told = fetched.pastDueSince;
  const kept = known?.pastDueSince ?? null;
  if (told === null || kept === null) return told ?? kept ?? at;
  return told < kept ? told : kept;
}
