import { Module } from '@nestjs/common';
import { BillingOwnerModule } from '../billing-owner/billing-owner.module.js';
import { SubscriptionSyncModule } from '../subscription-sync/subscription-sync.module.js';
import { CustomerLinks } from './customer-links.service.js';
import { ForeignSubscriptions } from './foreign-subscriptions.service.js';
import { ReconcileJobs } from './reconcile.jobs.js';
import { Reconcile } from './reconcile.service.js';

/** Comparing our rows with the providers', and importing what was there before us. */
@Module({
  imports: [BillingOwnerModule, SubscriptionSyncModule],
  providers: [Reconcile, ReconcileJobs, ForeignSubscriptions, CustomerLinks],
  exports: [Reconcile, CustomerLinks, SubscriptionSyncModule],
})
export class ReconcileModule {}
