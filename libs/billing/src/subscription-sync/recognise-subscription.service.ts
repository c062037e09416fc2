import { Injectable } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import { isUuid, type Transaction } from '@tollgate/kernel';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import { detectPlan, type DetectionRule } from '../plan-detection/detect-plan.js';
import { PriceMap } from '../plan-detection/price-map.store.js';
import type { ProviderSubscription, SubscriptionStatus } from '../providers/provider-subscription.js';
import type { QuarantineNote } from './inbox.service.js';
import { ProviderCustomers } from './provider-customers.store.js';
import type { KnownSubscription } from './provider-subscriptions.store.js';

/** What a fetched subscription means to us, or why it means nothing yet. */
export type Recognition =
  | {
      readonly ownerId: string;
      readonly plan: string;
      readonly rule: DetectionRule | 'kept';
      readonly status: SubscriptionStatus;
      readonly unknownPrice: boolean;
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
    private readonly priceMap: PriceMap,
    private readonly catalogs: Catalogs,
  ) {}

  /** `known` is the row of the same id, if there is one: its plan is kept when the price cannot be recognised. */
  async recognise(
    tx: Transaction,
    fetched: ProviderSubscription,
    known: KnownSubscription | null,
  ): Promise<Recognition> {
    const ownerId = known?.ownerId ?? (await this.ownerOf(tx, fetched));
    if (ownerId === null) return { refused: 'unknown_customer' };
    if (ownerId === CONFLICT) return { refused: 'owner_conflict' };
    if (fetched.status === null) return { refused: 'unknown_status' };
    const mapped = await this.priceMap.plansById(tx, fetched.provider);
    const detected = detectPlan(fetched, mapped, new Set(this.catalogs.current().plans.keys()));
    if (detected) return { ownerId, ...detected, status: fetched.status, unknownPrice: false };
    if (!known) return { refused: 'unknown_price' };
    return { ownerId, plan: known.plan, rule: 'kept', status: fetched.status, unknownPrice: true };
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
