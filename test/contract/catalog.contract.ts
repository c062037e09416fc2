import { describe, expect, it } from '@jest/globals';
import type { CatalogForm } from '../../libs/billing/src/providers/provider-catalog.js';
import type { ContractDesk } from './contract-desk.js';

const SAAS = 'txcd_10103001';

/** What the port promises of products and prices. */
export function describeCatalog(name: string, desk: ContractDesk): void {
  const form = (plan: string, changes: Partial<CatalogForm> = {}): CatalogForm => ({
    plan,
    name: 'Pro',
    description: 'For professionals',
    interval: 'month',
    money: { amount: 9900n, currency: 'usd' },
    perSeat: false,
    mostSeats: null,
    taxCode: SAAS,
    ...changes,
  });
  const readBack = async (plan: string) =>
    (await desk.bench.provider.readBackCatalog()).filter(
      ({ metadata }) => metadata['internal_plan_id'] === `plan_${plan}`,
    );

  describe(`the catalog at ${name}`, () => {
    it('lists what is on sale, with plan, amount and interval', async () => {
      const prices = await desk.bench.provider.listPrices();
      expect(prices.find(({ priceRef }) => priceRef === desk.bench.priceRefs.pro)).toMatchObject({
        metadata: { plan: 'pro' },
        money: { amount: 9900n, currency: 'usd' },
        interval: 'month',
      });
      expect(prices.find(({ priceRef }) => priceRef === desk.bench.priceRefs.team)).toMatchObject({
        money: { amount: 3000n, currency: 'usd' },
      });
    });

    it('SB-13: is pushed with metadata internal_plan_id = plan_<plan> and a description, and read back', async () => {
      const [pushed] = await desk.bench.provider.pushCatalog([form('first')]);
      expect(pushed).toMatchObject({ plan: 'first', interval: 'month', outcome: 'created' });
      expect(await readBack('first')).toMatchObject([
        {
          priceRef: pushed?.priceRef,
          productName: 'Pro',
          metadata: { internal_plan_id: 'plan_first', billing_period: 'monthly' },
        },
      ]);
    });

    it('SB-14, SB-15: has 9900 usd by the month and 99900 usd by the year, each with its billing_period', async () => {
      const forms = [
        form('both'),
        form('both', { interval: 'year', money: { amount: 99_900n, currency: 'usd' } }),
      ];
      await desk.bench.provider.pushCatalog(forms);
      const prices = await readBack('both');
      expect(prices).toHaveLength(2);
      expect(prices.find(({ interval }) => interval === 'month')).toMatchObject({
        money: { amount: 9900n, currency: 'usd' },
        metadata: { billing_period: 'monthly' },
      });
      expect(prices.find(({ interval }) => interval === 'year')).toMatchObject({
        money: { amount: 99_900n, currency: 'usd' },
        metadata: { billing_period: 'yearly' },
      });
    });

    it('is pushed twice without a second product or price', async () => {
      const forms = [form('twice'), form('twice', { interval: 'year' })];
      const first = await desk.bench.provider.pushCatalog(forms);
      const second = await desk.bench.provider.pushCatalog(forms);
      expect(second).toEqual(first.map((one) => ({ ...one, outcome: 'unchanged' })));
      expect(await readBack('twice')).toHaveLength(2);
    });

    it('takes a new amount beside the old one, which stays on sale until somebody archives it', async () => {
      const [old] = await desk.bench.provider.pushCatalog([form('dearer')]);
      const dearer = form('dearer', { money: { amount: 12_900n, currency: 'usd' } });
      const [made] = await desk.bench.provider.pushCatalog([dearer]);
      const stays = [{ priceRef: old?.priceRef, money: { amount: 9900n, currency: 'usd' } }];
      expect(made).toMatchObject({ outcome: 'created', stays });
      expect(made?.priceRef).not.toBe(old?.priceRef);
      const onSale = await readBack('dearer');
      expect(new Map(onSale.map(({ priceRef, money }) => [priceRef, money.amount]))).toEqual(
        new Map([
          [old?.priceRef, 9900n],
          [made?.priceRef, 12_900n],
        ]),
      );
      const [again] = await desk.bench.provider.pushCatalog([dearer]);
      expect(again).toEqual({ ...made, outcome: 'unchanged' });
      const [back] = await desk.bench.provider.pushCatalog([form('dearer')]);
      expect(back).toMatchObject({ priceRef: old?.priceRef, outcome: 'unchanged' });
      expect(await readBack('dearer')).toHaveLength(2);
    });

    it('sells the old price still, after a new one was pushed', async () => {
      const [old] = await desk.bench.provider.pushCatalog([form('still')]);
      await desk.bench.provider.pushCatalog([form('still', { money: { amount: 12_900n, currency: 'usd' } })]);
      const { subscription } = await desk.bought({ plan: 'still', priceRef: old?.priceRef ?? '' });
      expect(subscription).toMatchObject({ price: { amount: 9900n } });
    });

    it('takes a new name without a new price', async () => {
      const [before] = await desk.bench.provider.pushCatalog([form('renamed')]);
      const [after] = await desk.bench.provider.pushCatalog([form('renamed', { name: 'Pro plus' })]);
      expect(after).toEqual({ ...before, outcome: 'updated' });
      expect(await readBack('renamed')).toMatchObject([
        { priceRef: before?.priceRef, productName: 'Pro plus', money: { amount: 9900n } },
      ]);
    });

    it('sells by the seat', async () => {
      const bySeat = form('seated', {
        perSeat: true,
        mostSeats: 100,
        money: { amount: 3000n, currency: 'usd' },
      });
      const [pushed] = await desk.bench.provider.pushCatalog([bySeat]);
      const [told] = await readBack('seated');
      expect(told).toMatchObject({ perSeat: true, money: { amount: 3000n } });
      const priceRef = pushed?.priceRef ?? '';
      const { subscription } = await desk.bought({ plan: 'seated', priceRef, seats: 3 });
      expect(subscription).toMatchObject({ seats: 3, price: { amount: 9000n } });
    });

    it.each([[null], ['txcd_99999999'], ['txcd_20030000'], ['']])(
      'GO-04: is refused as a whole when one product has the tax code %j, which is no digital one',
      async (taxCode) => {
        const forms = [form('whole'), form('whole', { interval: 'year', taxCode })];
        await expect(desk.bench.provider.pushCatalog(forms)).rejects.toMatchObject({
          code: 'tax_code_missing',
          details: { plan: 'whole' },
        });
        expect(await readBack('whole')).toEqual([]);
      },
    );
  });
}
