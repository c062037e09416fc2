import { Module } from '@nestjs/common';
import { BillingOwnerModule } from '../billing-owner/billing-owner.module.js';
import { CheckoutModule } from '../checkout/checkout.module.js';
import { PlanDetectionModule } from '../plan-detection/plan-detection.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { ProviderCommandsModule } from '../provider-commands/provider-commands.module.js';
import { SubscriptionSyncModule } from '../subscription-sync/subscription-sync.module.js';
import { ChangePreviews } from './change-previews.service.js';
import { ChangeableSubscriptions } from './changeable.service.js';
import { ChangesUnderWay } from './changes-under-way.service.js';
import { DuePlanChanges } from './due-plan-changes.service.js';
import { PendingChanges } from './pending-changes.service.js';
import { PlanChangePlanner } from './plan-change-planner.service.js';
import { PlanChangesJobs } from './plan-changes.jobs.js';
import { PlanChanges } from './plan-changes.service.js';
import { ProspectiveChanges } from './prospective-changes.service.js';
import { SubscriptionLife } from './subscription-life.service.js';
import { UpgradePayments } from './upgrade-payments.service.js';

/** Changing what was bought: plan, interval, seats; cancelling, pausing and taking that back. */
@Module({
  imports: [
    BillingOwnerModule,
    CheckoutModule,
    PlanDetectionModule,
    PricingModule,
    ProviderCommandsModule,
    SubscriptionSyncModule,
  ],
  providers: [
    PlanChanges,
    ProspectiveChanges,
    PlanChangePlanner,
    PendingChanges,
    ChangesUnderWay,
    ChangePreviews,
    ChangeableSubscriptions,
    DuePlanChanges,
    PlanChangesJobs,
    SubscriptionLife,
    UpgradePayments,
  ],
  exports: [PlanChanges, PendingChanges, ChangePreviews, DuePlanChanges, SubscriptionLife],
})
export class PlanChangesModule {}
