import { Injectable } from '@nestjs/common';
import { isUuid, type Transaction } from '@tollgate/kernel';
import { Alerts } from '../alerts/alerts.service.js';
import { BillingOwners } from '../billing-owner/billing-owners.service.js';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import { ProviderCustomers } from '../subscription-sync/provider-customers.store.js';

/** Subscriptions that a provider tells of and that we never heard of: ours to import, or nobody's whom we know. */
@Injectable()
export class ForeignSubscriptions {
  constructor(
    private readonly customers: ProviderCustomers,
    private readonly owners: BillingOwners,
    private readonly alerts: Alerts,
  ) {}

  /**
   * The owner of a subscription that is not known yet: by the link to its customer, else by the owner id that we wrote
   * on the customer. Null for nobody's; staff hear of one that still runs, once. An e-mail address proves nothing.
   */
  async ownerOf(tx: Transaction, told: ProviderSubscription): Promise<string | null> {
    const { provider, id, customerId, ownerRef, endedAt } = told;
    const linked = await this.customers.ownerOf(tx, provider, customerId);
    if (linked !== null) return linked;
    if (ownerRef !== null && isUuid(ownerRef) && (await this.owners.userOf(tx, ownerRef)) !== null)
      return ownerRef;
    if (endedAt === null) {
      const details = { provider, subscriptionId: id, customerId };
      await this.alerts.raise(tx, {
        kind: 'foreign_subscription',
        subject: `${provider}:${id}`,
        ownerId: null,
        details,
      });
    }
    return null;
  }
}
