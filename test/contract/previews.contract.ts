import { describe, expect, it } from '@jest/globals';
import type { ContractDesk } from './contract-desk.js';

/** Rounding, and the seconds between buying and asking. */
const NEAR_ENOUGH = 5n;

/** What the port promises of previews. */
export function describePreviews(name: string, desk: ContractDesk): void {
  const near = (amount: bigint, expected: bigint): void => {
    expect({ amount, isNear: amount >= expected - NEAR_ENOUGH && amount <= expected + NEAR_ENOUGH }).toEqual({
      amount,
      isNear: true,
    });
  };
  const team = () => desk.bought({ plan: 'team', priceRef: desk.bench.priceRefs.team, seats: 2 });

  describe(`a preview at ${name}`, () => {
    it('of more seats charged now is the rest of the period at the new amount, less what was paid', async () => {
      const { id } = await team();
      const wish = { priceRef: desk.bench.priceRefs.team, seats: 5, at: await desk.bench.now() };
      const preview = await desk.bench.provider.previewChange(id, { ...wish, proration: 'invoice_now' });
      near(preview.dueNow.amount, 9000n);
      near(preview.credit.amount, 6000n);
      near(preview.nextAmount.amount, 15_000n);
      expect(preview.nextAt).toEqual((await desk.fetched(id)).currentPeriodEnd);
      expect(preview).toMatchObject({
        dueNow: { currency: 'usd' },
        estimated: desk.bench.provider.capabilities.previews === 'estimated',
      });
      expect(await desk.fetched(id)).toMatchObject({ seats: 2 });
    });

    it('of more seats alone is at the price that it has', async () => {
      const { id } = await team();
      const wish = { priceRef: null, seats: 5, at: await desk.bench.now() };
      const preview = await desk.bench.provider.previewChange(id, { ...wish, proration: 'invoice_now' });
      near(preview.dueNow.amount, 9000n);
      near(preview.nextAmount.amount, 15_000n);
      expect(preview.dueNow.currency).toBe('usd');
    });

    it('of more seats charged with the next invoice is nothing now, and both then', async () => {
      const { id } = await team();
      const wish = { priceRef: desk.bench.priceRefs.team, seats: 5, at: await desk.bench.now() };
      const preview = await desk.bench.provider.previewChange(id, { ...wish, proration: 'next_invoice' });
      expect(preview.dueNow.amount).toBe(0n);
      near(preview.nextAmount.amount, 24_000n);
    });

    it('of a plan by the year is the year now, less the rest of the month', async () => {
      const { id } = await desk.bought();
      const wish = { priceRef: desk.bench.priceRefs.proYearly, seats: null, at: await desk.bench.now() };
      const preview = await desk.bench.provider.previewChange(id, { ...wish, proration: 'invoice_now' });
      near(preview.dueNow.amount, 90_000n);
      near(preview.credit.amount, 9900n);
      near(preview.nextAmount.amount, 99_900n);
      expect(Number(preview.nextAt) - wish.at.getTime()).toBeGreaterThan(364 * 86_400_000);
    });

    it('of a price that is not on sale is refused', async () => {
      const { id } = await desk.bought();
      const wish = { priceRef: 'no_such_price', seats: null, at: await desk.bench.now() };
      await expect(
        desk.bench.provider.previewChange(id, { ...wish, proration: 'invoice_now' }),
      ).rejects.toMatchObject({ code: 'provider_refused' });
    });
  });
}
