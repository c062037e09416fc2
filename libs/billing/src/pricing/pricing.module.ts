import { Module } from '@nestjs/common';
import { SubscriptionSyncModule } from '../subscription-sync/subscription-sync.module.js';
import { PriceLists } from './price-lists.service.js';
import { PriceListsStore } from './price-lists.store.js';
import { PriceRefreshJob } from './price-refresh.job.js';
import { Pricing } from './pricing.service.js';

/** What is sold, at which price. */
@Module({
  imports: [SubscriptionSyncModule],
  providers: [Pricing, PriceLists, PriceListsStore, PriceRefreshJob],
  exports: [Pricing, PriceLists],
})
export class PricingModule {}
