import { Injectable } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import { AuditLog, InvalidRequestError, type Principal, type Transaction } from '@tollgate/kernel';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { Quarantine } from '../subscription-sync/quarantine.service.js';
import { type MappedPrice, PriceMap } from './price-map.store.js';

/** A mapping as staff make it. */
export interface NewPriceMapping extends MappedPrice {
  /** Whether new checkouts for the plan and interval sell this one. */
  readonly forSale: boolean;
  readonly reason: string;
  readonly actor: Principal;
  readonly requestId?: string;
}

/** Mapping prices to plans by hand: selling differently needs no deployment. */
@Injectable()
export class PriceMappings {
  constructor(
    private readonly priceMap: PriceMap,
    private readonly quarantine: Quarantine,
    private readonly providers: ProviderRegistry,
    private readonly catalogs: Catalogs,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Maps the price, and gives every event that waits for a mapping of this provider another chance.
   *
   * @returns how many events were let out of quarantine
   * @throws NotFoundError the provider is not configured
   * @throws InvalidRequestError `plan_unknown`
   */
  async map(tx: Transaction, mapping: NewPriceMapping): Promise<number> {
    const { provider, externalId, plan, interval, forSale } = mapping;
    this.providers.get(provider);
    const catalog = this.catalogs.current();
    if (!catalog.plans.has(plan) || plan === catalog.defaultPlan)
      throw new InvalidRequestError('plan_unknown', `There is no plan "${plan}" that is sold`);
    const before = await this.priceMap.find(tx, provider, externalId);
    await this.priceMap.put(tx, mapping);
    await this.audit.record(tx, {
      actor: mapping.actor,
      action: 'price.mapped',
      subject: { type: 'price', id: `${provider}:${externalId}` },
      reason: mapping.reason,
      before: before && { plan: before.plan, interval: before.interval, forSale: before.forSale },
      after: { plan, interval, forSale },
      requestId: mapping.requestId,
    });
    return this.quarantine.release(tx, provider, 'unknown_price');
  }
}
