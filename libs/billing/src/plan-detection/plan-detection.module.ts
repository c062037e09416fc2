import { Module } from '@nestjs/common';
import { PriceListsStore } from '../pricing/price-lists.store.js';
import { PlanKnowledgeBase } from './plan-knowledge.service.js';
import { PriceMap } from './price-map.store.js';

/** Which plan a provider's price stands for. */
@Module({
  providers: [PriceMap, PriceListsStore, PlanKnowledgeBase],
  exports: [PriceMap, PriceListsStore, PlanKnowledgeBase],
})
export class PlanDetectionModule {}
