import { Injectable } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import type { Transaction } from '@tollgate/kernel';
import { LIST_PRICES } from '../pricing/list-prices.js';
import { PriceListsStore } from '../pricing/price-lists.store.js';
import type { ProviderName } from '../providers/payment-provider.js';
import type { AmountSignature, PlanKnowledge } from './detect-plan.js';
import { PriceMap } from './price-map.store.js';

/** Gathers what plan detection goes by: map, catalog, and what our plans cost at a provider and by our own list. */
@Injectable()
export class PlanKnowledgeBase {
  constructor(
    private readonly priceMap: PriceMap,
    private readonly priceLists: PriceListsStore,
    private readonly catalogs: Catalogs,
  ) {}

  /** All of it about one provider, as of now. */
  async of(reader: Transaction, provider: ProviderName): Promise<PlanKnowledge> {
    const mapped = await this.priceMap.plansById(reader, provider);
    const plans = new Set(this.catalogs.current().plans.keys());
    return { mapped, plans, signatures: await this.signatures(reader, provider, mapped) };
  }

  /** What a mapped price costs at the provider is a signature of its plan, also after the list price has changed. */
  private async signatures(
    reader: Transaction,
    provider: ProviderName,
    mapped: ReadonlyMap<string, string>,
  ): Promise<(AmountSignature & { plan: string })[]> {
    const live = (await this.priceLists.of(reader, provider))?.prices ?? [];
    const known = live.flatMap(({ priceRef, amount, currency, interval }) => {
      const plan = mapped.get(priceRef);
      return plan === undefined ? [] : [{ plan, amount, currency, interval }];
    });
    return [...LIST_PRICES, ...known];
  }
}
