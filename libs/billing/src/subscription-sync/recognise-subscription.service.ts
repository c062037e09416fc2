import { Injectable } from '@nestjs/common';
import { isUuid, type Transaction } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import { PlanChangesStore } from '../plan-changes/plan-changes.store.js';
import { detectPlan, type SoldItem } from '../plan-detection/detect-plan.js';
import { PlanKnowledgeBase } from '../plan-detection/plan-knowledge.service.js';
import type { ProviderSubscription, SubscriptionStatus } from '../providers/provider-subscription.js';
import type { QuarantineNote } from './inbox-event.js';
import type { KnownSubscription, PlanRule } from './known-subscription.js';
import { ProviderCustomers } from './provider-customers.store.js';

/** What a fetched subscription means to us, or why it means nothing yet. */
export type Recognition =
  | {
      readonly ownerId: string;
      readonly plan: string;
      readonly rule: PlanRule;
      readonly status: SubscriptionStatus;
      /** Why the plan of before is kept although the price says nothing usable; null when it was recognised. */
      readonly unrecognised: 'unknown_price' | null;
    }
  | { readonly refused: QuarantineNote };

/** Owner and customer are each linked, but not to each other. */
const CONFLICT = Symbol('conflict');

/** Finds owner, plan and status behind a provider's subscription; never guesses. */
@Injectable()
export class RecogniseSubscription {
  constructor(
    private readonly customers: ProviderCustomers,
    private readonly owners: BillingOwners,
    private readonly knowledge: PlanKnowledgeBase,
    private readonly planChanges: PlanChangesStore,
  ) {}

  /** `known` is the row of the same id, if there is one: its plan is kept when the price cannot be recognised. */
  async recognise(
    tx: Transaction,
    fetched: ProviderSubscription,
    known: KnownSubscription | null,
    at: Date,
  ): Promise<Recognition> {
    const ownerId = known?.ownerId ?? (await this.ownerOf(tx, fetched));
    if (ownerId === null) return { refused: 'unknown_customer' };
    if (ownerId === CONFLICT) return { refused: 'owner_conflict' };
    const { status } = fetched;
    if (status === null) return { refused: 'unknown_status' };
    if (fetched.problem !== null) return { refused: 'unreadable' };
    const detected = detectPlan(soldItemOf(fetched), await this.knowledge.of(tx, fetched.provider));
    if (detected.plan === null) {
      if (!known) return { refused: 'unknown_price' };
      return { ownerId, plan: known.plan, rule: 'kept', status, unrecognised: 'unknown_price' };
    }
    const held = await this.planChanges.planHeld(tx, fetched, detected.plan, at);
    const found = held === null ? detected : ({ plan: held, rule: 'held' } as const);
    return { ownerId, ...found, status, unrecognised: null };
  }

  /**
   * By the link we made; failing that by the owner id that we stored on the customer, if nobody is linked yet.
   * An owner who has another customer there already is not handed over to a stranger's: that is a conflict.
   */
  private async ownerOf(
    tx: Transaction,
    { provider, customerId, ownerRef }: ProviderSubscription,
  ): Promise<string | typeof CONFLICT | null> {
    const linked = await this.customers.ownerOf(tx, provider, customerId);
    if (linked !== null) return linked;
    if (ownerRef === null || !isUuid(ownerRef)) return null;
    if ((await this.owners.userOf(tx, ownerRef)) === null) return null;
    return (await this.customers.link(tx, provider, ownerRef, customerId)) ? ownerRef : CONFLICT;
  }
}

function soldItemOf(fetched: ProviderSubscription): SoldItem {
  const { priceId, productId, productMetadata, slugs, unitPrice, interval } = fetched;
  const signature = unitPrice && interval && { ...unitPrice, interval };
  return { priceId, productId, productMetadata, slugs, signature };
}
