import { Module } from '@nestjs/common';
import { Organizations } from '../organizations/organizations.service.js';
import { SubscriptionsStore } from '../subscriptions/subscriptions.store.js';
import { BillingOwners } from './billing-owners.service.js';
import { TenantBillingOwnerResolver } from './tenant-billing-owner-resolver.js';

/** Who pays: owners, the organizations they pay for, and the resolution of any caller to an owner. */
@Module({
  providers: [BillingOwners, Organizations, SubscriptionsStore, TenantBillingOwnerResolver],
  exports: [BillingOwners, Organizations, SubscriptionsStore, TenantBillingOwnerResolver],
})
export class BillingOwnerModule {}
