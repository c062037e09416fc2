import { Module } from '@nestjs/common';
import {
  BillingOwnerModule,
  CheckoutModule,
  PlanChangesModule,
  PricingModule,
  ProviderCommandsModule,
} from '@tollgate/billing';
import { CheckoutController } from './checkout.controller.js';
import { LandingPagesController } from './landing-pages.controller.js';
import { PricingController } from './pricing.controller.js';
import { SubscriptionChangesController } from './subscription-changes.controller.js';
import { SubscriptionLifeController } from './subscription-life.controller.js';
import { SubscriptionController } from './subscription.controller.js';
import { UsageController } from './usage.controller.js';

/** What a customer may do about the own account. */
@Module({
  imports: [BillingOwnerModule, CheckoutModule, PlanChangesModule, PricingModule, ProviderCommandsModule],
  controllers: [
    CheckoutController,
    SubscriptionController,
    SubscriptionChangesController,
    SubscriptionLifeController,
    PricingController,
    UsageController,
    LandingPagesController,
  ],
})
export class AccountModule {}
