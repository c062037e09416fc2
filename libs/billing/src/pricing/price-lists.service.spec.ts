import { describe, expect, it, jest } from '@jest/globals';
import type { Clock, TransactionRunner } from '@tollgate/kernel';
import type { ProviderRegistry } from '../providers/provider-registry.js';
import { PriceLists } from './price-lists.service.js';
import type { PriceList, PriceListsStore } from './price-lists.store.js';

const NOW = new Date('2027-03-10T12:00:00Z');

describe('the price lists of a process', () => {
  it('ask once, also for a visitor whose look at the kept row ends after the answer came', async () => {
    const listPrices = jest.fn(() => Promise.resolve([]));
    let endLook: (kept: PriceList | null) => void = () => undefined;
    const slowLook = new Promise<PriceList | null>((resolve) => (endLook = resolve));
    const looks = [slowLook, Promise.resolve(null)];
    const lists = new PriceLists(
      { get: () => ({ listPrices }) } as unknown as ProviderRegistry,
      { of: () => looks.shift(), keep: () => Promise.resolve() } as unknown as PriceListsStore,
      { reader: {}, run: (work: () => unknown) => work() } as unknown as TransactionRunner,
      { now: () => NOW } as Clock,
    );
    const slow = lists.of('stripe');
    expect(await lists.of('stripe')).toMatchObject({ stale: false });
    endLook(null);
    expect(await slow).toMatchObject({ stale: false, list: { fetchedAt: NOW } });
    expect(listPrices).toHaveBeenCalledTimes(1);
  });
});
