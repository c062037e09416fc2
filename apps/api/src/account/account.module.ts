import { Module } from '@nestjs/common';
import { BillingOwnerModule, CheckoutModule } from '@tollgate/billing';
import { CheckoutController } from './checkout.controller.js';
import { LandingPagesController } from './landing-pages.controller.js';
import { SubscriptionController } from './subscription.controller.js';

/** What a customer may do about the own account. */
@Module({
  imports: [BillingOwnerModule, CheckoutModule],
  controllers: [CheckoutController, SubscriptionController, LandingPagesController],
})
export class AccountModule {}
