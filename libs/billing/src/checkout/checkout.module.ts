import { Module } from '@nestjs/common';
import { BillingOwnerModule } from '../billing-owner/billing-owner.module.js';
import { PricingModule } from '../pricing/pricing.module.js';
import { SeatsModule } from '../seats/seats.module.js';
import { SubscriptionSyncModule } from '../subscription-sync/subscription-sync.module.js';
import { CheckoutPages } from './checkout-pages.service.js';
import { Checkouts } from './checkouts.service.js';
import { Customers } from './customers.service.js';
import { DirectSubscriptions } from './direct-subscriptions.service.js';
import { Portal } from './portal.service.js';
import { SeatsToSell } from './seats-to-sell.service.js';
import { Sellable } from './sellable.service.js';
import { SoldPrices } from './sold-prices.service.js';
import { UnpaidSubscriptions } from './unpaid-subscriptions.service.js';

/** Selling: hosted checkouts, direct creation, and the portal. */
@Module({
  imports: [BillingOwnerModule, PricingModule, SeatsModule, SubscriptionSyncModule],
  providers: [
    Checkouts,
    CheckoutPages,
    Customers,
    DirectSubscriptions,
    Portal,
    Sellable,
    SeatsToSell,
    SoldPrices,
    UnpaidSubscriptions,
  ],
  exports: [Checkouts, DirectSubscriptions, Portal, SeatsToSell, SoldPrices],
})
export class CheckoutModule {}
