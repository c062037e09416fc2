import { Module } from '@nestjs/common';
import { SubscriptionSyncModule } from '../subscription-sync/subscription-sync.module.js';
import { PriceMapSeed } from './price-map-seed.service.js';
import { PriceMappings } from './price-mappings.service.js';

/** Filling the price map: from the environment at start, by staff afterwards. */
@Module({
  imports: [SubscriptionSyncModule],
  providers: [PriceMapSeed, PriceMappings],
  exports: [PriceMappings, SubscriptionSyncModule],
})
export class PriceMappingsModule {}
