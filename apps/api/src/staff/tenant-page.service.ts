import { Injectable } from '@nestjs/common';
import { Organizations, PendingChanges, SubscriptionLife, SubscriptionsStore } from '@tollgate/billing';
import { AuditLog, TransactionRunner } from '@tollgate/kernel';
import { viewOfSubscription } from '../account/subscription-view.js';
import { TenantEntitlements } from './tenant-entitlements.service.js';
import { TenantList } from './tenant-list.service.js';

const LATEST_AUDIT = 50;

/** Everything about one tenant, on one page. */
@Injectable()
export class TenantPage {
  constructor(
    private readonly list: TenantList,
    private readonly entitlements: TenantEntitlements,
    private readonly subscriptions: SubscriptionsStore,
    private readonly pendingChanges: PendingChanges,
    private readonly life: SubscriptionLife,
    private readonly organizations: Organizations,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  /** The page of an owner; null when there is none. */
  async of(ownerId: string): Promise<object | null> {
    const { reader } = this.transactions;
    const tenant = await this.list.one(ownerId);
    const subscription = await this.subscriptions.ofOwner(reader, ownerId);
    if (!tenant || !subscription) return null;
    return {
      ...tenant,
      subscription: viewOfSubscription(
        subscription,
        await this.pendingChanges.of(reader, subscription),
        await this.life.pauseOf(reader, subscription),
      ),
      assignments: await this.entitlements.assignmentsOf(ownerId),
      entitlements: await this.entitlements.decisionsOf(ownerId, tenant.userId),
      organizations: (await this.organizations.ofOwner(ownerId)).map((organization) => ({
        ...organization,
        role: 'owner',
      })),
      audit: (await this.audit.ofOwner(reader, ownerId, LATEST_AUDIT)).map((entry) => ({
        ...entry,
        at: entry.at.toISOString(),
      })),
    };
  }
}
