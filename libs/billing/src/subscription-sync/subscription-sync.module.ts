import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { BillingOwnerModule } from '../billing-owner/billing-owner.module.js';
import { CheckoutsStore } from '../checkout/checkouts.store.js';
import { PlanChangesStore } from '../plan-changes/plan-changes.store.js';
import { PlanDetectionModule } from '../plan-detection/plan-detection.module.js';
import { ProviderCommandsModule } from '../provider-commands/provider-commands.module.js';
import { ReconcileStore } from '../reconcile/reconcile.store.js';
import { ApplySubscription } from './apply-subscription.service.js';
import { BoughtCheckouts } from './bought-checkouts.service.js';
import { DeletedCustomers } from './deleted-customers.service.js';
import { EdgeJobs } from './edge.jobs.js';
import { ExpireSubscriptions } from './expire-subscriptions.service.js';
import { Inbox } from './inbox.service.js';
import { MoneyBackEvents } from './money-back-events.service.js';
import { MoneyBackStore } from './money-back.store.js';
import { OwnEventsHandler } from './own-events.handler.js';
import { OwnEventsStore } from './own-events.store.js';
import { OwnerSubscription } from './owner-subscription.service.js';
import { ProviderCustomers } from './provider-customers.store.js';
import { ProviderSubscriptions } from './provider-subscriptions.store.js';
import { Quarantine } from './quarantine.service.js';
import { RecogniseSubscription } from './recognise-subscription.service.js';
import { SeveralSubscriptions } from './several-subscriptions.service.js';
import { SubscriptionSyncHandler } from './subscription-sync.handler.js';
import { SubscriptionSync } from './subscription-sync.service.js';

/** Keeps our subscriptions equal to the providers': inbox, fetch, apply, and the jobs around them. */
@Module({
  imports: [AlertsModule, BillingOwnerModule, PlanDetectionModule, ProviderCommandsModule],
  providers: [
    Inbox,
    Quarantine,
    SubscriptionSync,
    SubscriptionSyncHandler,
    OwnEventsHandler,
    DeletedCustomers,
    OwnEventsStore,
    ApplySubscription,
    RecogniseSubscription,
    OwnerSubscription,
    SeveralSubscriptions,
    BoughtCheckouts,
    ExpireSubscriptions,
    EdgeJobs,
    ProviderSubscriptions,
    ProviderCustomers,
    CheckoutsStore,
    PlanChangesStore,
    MoneyBackEvents,
    MoneyBackStore,
    ReconcileStore,
  ],
  exports: [
    AlertsModule,
    PlanDetectionModule,
    Inbox,
    Quarantine,
    ProviderCustomers,
    ProviderSubscriptions,
    CheckoutsStore,
    PlanChangesStore,
    MoneyBackStore,
    ReconcileStore,
  ],
})
export class SubscriptionSyncModule {}
