import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { Clock, errorLine, TransactionRunner } from '@tollgate/kernel';
import type { ProviderName } from '../providers/payment-provider.js';
import { ProviderRegistry } from '../providers/provider-registry.js';
import { livePriceOf, type PriceList, PriceListsStore } from './price-lists.store.js';

/** So long a list counts as fresh. The job fetches twice as often. */
export const FRESH_MS = 10 * 60_000;
/** A page does not wait longer than this for a provider that has to be asked (real time). */
const PATIENCE_MS = 2_000;
/** A provider that has just failed is not asked again by pages for so long (real time). */
const REST_MS = 10_000;

/** A list, and whether it is older than it should be because no newer one can be had. */
export interface KnownPrices {
  readonly list: PriceList;
  readonly stale: boolean;
}

/** The provider's prices: from memory while fresh, else from the shared row, else asked for, once for all who wait. */
@Injectable()
export class PriceLists {
  private readonly logger = new Logger(PriceLists.name);
  private readonly remembered = new Map<ProviderName, PriceList>();
  private readonly flights = new Map<ProviderName, Promise<PriceList>>();
  private readonly resting = new Set<ProviderName>();

  constructor(
    private readonly providers: ProviderRegistry,
    private readonly store: PriceListsStore,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
  ) {}

  /**
   * The best list there is; null when the provider never told us any. Never throws.
   *
   * @param wanted ids of prices that are for sale: a list in memory that lacks one may be older than its sale
   */
  async of(provider: ProviderName, wanted: readonly string[] = []): Promise<KnownPrices | null> {
    const known = await this.lastGood(provider, wanted);
    if (known && this.isFresh(known)) return { list: known, stale: false };
    const asked = this.resting.has(provider) ? null : await this.askPatiently(provider);
    if (asked) return { list: asked, stale: false };
    return known && { list: known, stale: true };
  }

  /**
   * Asks the provider and keeps what it says; calls at the same time share one question.
   *
   * @throws ProviderUnavailableError @throws ProviderRefusedError
   */
  async refresh(provider: ProviderName): Promise<PriceList> {
    const flying = this.flights.get(provider);
    if (flying) return flying;
    const flight = this.fetch(provider).finally(() => this.flights.delete(provider));
    this.flights.set(provider, flight);
    return flight;
  }

  /** Has the list brought up to date now; null when no answer comes in time. Never throws, nor waits for long. */
  async renew(provider: ProviderName): Promise<PriceList | null> {
    return this.askPatiently(provider);
  }

  private async fetch(provider: ProviderName): Promise<PriceList> {
    const fetchedAt = this.clock.now();
    const prices = await this.providers.get(provider).listPrices();
    const list = { provider, prices: prices.map(livePriceOf), fetchedAt };
    this.remembered.set(provider, list);
    await this.transactions.run((tx) => this.store.keep(tx, list));
    return list;
  }

  private async lastGood(provider: ProviderName, wanted: readonly string[]): Promise<PriceList | null> {
    const mine = (): PriceList | null => this.remembered.get(provider) ?? null;
    const first = mine();
    if (first && this.isFresh(first) && hasAll(first, wanted)) return first;
    try {
      const kept = await this.store.of(this.transactions.reader, provider);
      // Looked at again: a question that was under way may have been answered while the row was read.
      const held = mine();
      if (!kept || (held && held.fetchedAt > kept.fetchedAt)) return held;
      this.remembered.set(provider, kept);
      return kept;
    } catch (error) {
      this.logger.warn(`cannot read the kept prices: ${errorLine(error)}`);
      return mine();
    }
  }

  /** Null when no answer came in time; the question goes on, and the next page may have its answer. */
  private async askPatiently(provider: ProviderName): Promise<PriceList | null> {
    const end = new AbortController();
    const asked = this.refresh(provider).catch((error: unknown) => this.rest(provider, error));
    const tooLate = pause(PATIENCE_MS, null, { ref: false, signal: end.signal }).catch(() => null);
    try {
      return await Promise.race([asked, tooLate]);
    } finally {
      end.abort();
    }
  }

  private rest(provider: ProviderName, error: unknown): null {
    this.logger.warn(`cannot get the prices of ${provider}: ${errorLine(error)}`);
    this.resting.add(provider);
    setTimeout(() => this.resting.delete(provider), REST_MS).unref();
    return null;
  }

  private isFresh({ fetchedAt }: PriceList): boolean {
    return this.clock.now().getTime() - fetchedAt.getTime() < FRESH_MS;
  }
}

function hasAll({ prices }: PriceList, wanted: readonly string[]): boolean {
  return wanted.every((id) => prices.some(({ priceRef }) => priceRef === id));
}
