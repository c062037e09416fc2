import { Module } from '@nestjs/common';
import { BillingOwnerModule } from '../billing-owner/billing-owner.module.js';
import { SeatsModule } from '../seats/seats.module.js';
import { SubscriptionSyncModule } from '../subscription-sync/subscription-sync.module.js';
import { CheckoutPages } from './checkout-pages.service.js';
import { Checkouts } from './checkouts.service.js';
import { Customers } from './customers.service.js';
import { Portal } from './portal.service.js';
import { Sellable } from './sellable.service.js';

/** Selling: hosted checkouts and the portal. */
@Module({
  imports: [BillingOwnerModule, SeatsModule, SubscriptionSyncModule],
  providers: [Checkouts, CheckoutPages, Customers, Portal, Sellable],
  exports: [Checkouts, Portal],
})
export class CheckoutModule {}
