import { Module } from '@nestjs/common';
import { BillingOwnerModule } from '../billing-owner/billing-owner.module.js';
import { CheckoutsStore } from '../checkout/checkouts.store.js';
import { PriceMap } from '../plan-detection/price-map.store.js';
import { ApplySubscription } from './apply-subscription.service.js';
import { EdgeJobs } from './edge.jobs.js';
import { ExpireSubscriptions } from './expire-subscriptions.service.js';
import { Inbox } from './inbox.service.js';
import { OwnerSubscription } from './owner-subscription.service.js';
import { ProviderCustomers } from './provider-customers.store.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';
import { RecogniseSubscription } from './recognise-subscription.service.js';
import { SubscriptionSyncHandler } from './subscription-sync.handler.js';
import { SubscriptionSync } from './subscription-sync.service.js';

/** Keeps our subscriptions equal to the providers': inbox, fetch, apply, and the jobs around them. */
@Module({
  imports: [BillingOwnerModule],
  providers: [
    Inbox,
    SubscriptionSync,
    SubscriptionSyncHandler,
    ApplySubscription,
    RecogniseSubscription,
    OwnerSubscription,
    ExpireSubscriptions,
    EdgeJobs,
    ProviderSubscriptions,
    ProviderCustomers,
    PriceMap,
    CheckoutsStore,
  ],
  exports: [Inbox, ProviderCustomers, PriceMap, CheckoutsStore],
})
export class SubscriptionSyncModule {}
