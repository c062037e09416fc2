import { Inject, Injectable, Logger } from '@nestjs/common';
import { Catalogs } from '@tollgate/entitlements';
import { Clock, errorLine, TransactionRunner } from '@tollgate/kernel';
import { BILLING_OPTIONS, type BillingOptions } from '../billing.options.js';
import { type ForSale, PriceMap } from '../plan-detection/price-map.store.js';
import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';
import { LIST_PRICES } from './list-prices.js';
import { type KnownPrices, PriceLists } from './price-lists.service.js';
import { plansToShow, type ShownPlan, type ShownPrice } from './pricing-page.js';

/** The pricing page. `list`: our own prices, because no provider ever told us any. */
export interface PricingPage {
  readonly currency: string;
  readonly source: 'live' | 'last_good' | 'list';
  /** True when the prices could not be brought up to date; `asOf` says how old they are. */
  readonly stale: boolean;
  readonly asOf: Date | null;
  readonly ageSeconds: number | null;
  readonly plans: readonly ShownPlan[];
}

/** What is sold, at which price: plans and features from our catalog, prices from the provider. Never empty. */
@Injectable()
export class Pricing {
  private readonly logger = new Logger(Pricing.name);
  private lastForSale: readonly ForSale[] = [];

  constructor(
    private readonly catalogs: Catalogs,
    private readonly priceLists: PriceLists,
    private readonly priceMap: PriceMap,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    @Inject(BILLING_OPTIONS) private readonly options: BillingOptions,
  ) {}

  /**
   * The page as of now, in the one currency we sell in. What the provider archived, or sells in another currency, is
   * absent.
   */
  async page(): Promise<PricingPage> {
    const { selling } = this.options;
    const forSale = selling ? await this.forSale(selling) : [];
    const known =
      selling &&
      (await this.priceLists.of(
        selling,
        forSale.map(({ externalId }) => externalId),
      ));
    const catalog = this.catalogs.current();
    if (!selling || !known) {
      const plans = plansToShow(catalog, (plan, interval) => this.listPrice(plan, interval));
      return this.pageOf('list', selling !== null, null, plans);
    }
    const plans = plansToShow(catalog, (plan, interval) => this.livePrice(known, forSale, plan, interval));
    return this.pageOf(known.stale ? 'last_good' : 'live', known.stale, known.list.fetchedAt, plans);
  }

  private pageOf(
    source: PricingPage['source'],
    stale: boolean,
    asOf: Date | null,
    plans: ShownPlan[],
  ): PricingPage {
    const age = asOf && Math.max(0, Math.floor((this.clock.now().getTime() - asOf.getTime()) / 1000));
    return { currency: this.options.currency, source, stale, asOf, ageSeconds: age, plans };
  }

  private livePrice(
    { list }: KnownPrices,
    forSale: readonly ForSale[],
    plan: string,
    interval: BillingInterval,
  ): ShownPrice | null {
    const id = forSale.find((one) => one.plan === plan && one.interval === interval)?.externalId;
    const price = list.prices.find(({ priceRef }) => priceRef === id);
    if (!price || price.currency !== this.options.currency || price.interval !== interval) return null;
    return { id: price.priceRef, amount: price.amount, currency: price.currency, interval };
  }

  private listPrice(plan: string, interval: BillingInterval): ShownPrice | null {
    const { currency } = this.options;
    const price = LIST_PRICES.find(
      (one) => one.plan === plan && one.interval === interval && one.currency === currency,
    );
    return price ? { id: null, amount: price.amount, currency, interval } : null;
  }

  private async forSale(provider: ProviderName): Promise<readonly ForSale[]> {
    try {
      this.lastForSale = await this.priceMap.allForSale(this.transactions.reader, provider);
    } catch (error) {
      this.logger.warn(`cannot read what is for sale: ${errorLine(error)}`);
    }
    return this.lastForSale;
  }
}
