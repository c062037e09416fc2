import { describe, expect, it } from '@jest/globals';
import type { SeatChange } from '../../libs/billing/src/providers/provider-changes.js';
import type { ContractDesk } from './contract-desk.js';
import { outcomeOf } from './outcome.js';

/** What the port promises of changes of plan and seats. */
export function describeChanges(name: string, desk: ContractDesk): void {
  const team = () => desk.bought({ plan: 'team', priceRef: desk.bench.priceRefs.team, seats: 3 });
  const change = (seats: number, changes: Partial<SeatChange> = {}): SeatChange => ({
    seats,
    when: 'now',
    proration: 'next_invoice',
    intentKey: `seats-${seats}`,
    ...changes,
  });

  describe(`seats at ${name}`, () => {
    it('FX-31: reach the subscription as an absolute number, in the answer and in what is fetched', async () => {
      const { id } = await team();
      const answer = await desk.bench.provider.setSeats(id, change(5));
      expect(answer).toMatchObject({ id, seats: 5, price: { amount: 15_000n, currency: 'usd' } });
      expect(await desk.fetched(id)).toMatchObject({ seats: 5 });
    });

    it('FX-31: stand at one number however often one intent is retried, also by twenty at once', async () => {
      const { id } = await team();
      await Promise.all(Array.from({ length: 20 }, () => desk.bench.provider.setSeats(id, change(7))));
      await desk.bench.provider.setSeats(id, change(7));
      expect(await desk.fetched(id)).toMatchObject({ seats: 7, price: { amount: 21_000n } });
    });

    it('FX-31: go up and down again, each as an intent of its own', async () => {
      const { id } = await team();
      await desk.bench.provider.setSeats(id, change(9, { intentKey: 'first' }));
      await desk.bench.provider.setSeats(id, change(4, { intentKey: 'second' }));
      await desk.bench.provider.setSeats(id, change(9, { intentKey: 'third' }));
      expect(await desk.fetched(id)).toMatchObject({ seats: 9 });
    });

    it('stay as they were when the payment for them is refused', async () => {
      const { id, checkout } = await team();
      await desk.bench.breakCard({ id, customerId: checkout.customerId });
      await expect(
        desk.bench.provider.setSeats(id, change(8, { proration: 'invoice_now' })),
      ).rejects.toMatchObject({ code: 'provider_refused', reason: 'payment_failed' });
      expect(await desk.fetched(id)).toMatchObject({ seats: 3 });
    });

    it('of a locked subscription are refused with a reason that passes', async () => {
      const { id } = await team();
      const expected = (await desk.bench.lock(id)) ? { reason: 'locked' } : { seats: 4 };
      expect(await outcomeOf(desk.bench.provider.setSeats(id, change(4)))).toMatchObject(expected);
    });

    it('wait for the period to end where the provider keeps them, and are refused where it does not', async () => {
      const { id } = await team();
      const isKept = desk.bench.provider.capabilities.changeAtPeriodEnd === 'provider';
      const lowered = desk.bench.provider.setSeats(id, change(2, { when: 'period_end' }));
      const { currentPeriodEnd: appliesAt } = await desk.fetched(id);
      const pending = { seats: 3, pendingChange: { seats: 2, appliesAt } };
      expect(await outcomeOf(lowered)).toMatchObject(isKept ? pending : { reason: 'unsupported' });
      expect(await desk.fetched(id)).toMatchObject(isKept ? pending : { seats: 3, pendingChange: null });
      for (const _twice of [1, 2]) {
        const dropped = await desk.bench.provider.dropPendingChange(id);
        expect(dropped).toMatchObject({ seats: 3, pendingChange: null });
      }
    });
  });

  describe(`a change at ${name} while another one waits for the period to end`, () => {
    const enterprise = (): string => desk.bench.priceRefs.enterprise;
    const withPending = async (): Promise<string> => {
      const { id } = await desk.bought({ plan: 'enterprise', priceRef: enterprise(), seats: 5 });
      const isKept = desk.bench.provider.capabilities.changeAtPeriodEnd === 'provider';
      const { team: priceRef } = desk.bench.priceRefs;
      const wish = { ...change(2, { when: 'period_end', intentKey: 'less' }), priceRef };
      const expected = isKept ? { pendingChange: { priceRef } } : { reason: 'unsupported' };
      expect(await outcomeOf(desk.bench.provider.changePlan(id, wish))).toMatchObject(expected);
      return id;
    };

    it('replaces it when it takes place now, and nothing waits any more', async () => {
      const bySeats = await withPending();
      const more = { priceRef: enterprise(), seats: 6, pendingChange: null };
      expect(await desk.bench.provider.setSeats(bySeats, change(6))).toMatchObject(more);
      expect(await desk.fetched(bySeats)).toMatchObject(more);
      const byPlan = await withPending();
      const same = { ...change(6), priceRef: enterprise() };
      expect(await desk.bench.provider.changePlan(byPlan, same)).toMatchObject(more);
      expect(await desk.fetched(byPlan)).toMatchObject(more);
    });

    it('replaces it where it waits as well: of the first one nothing is left', async () => {
      if (desk.bench.provider.capabilities.changeAtPeriodEnd === 'ours') return;
      const id = await withPending();
      await desk.bench.provider.setSeats(id, change(3, { when: 'period_end' }));
      const { seats, pendingChange } = await desk.fetched(id);
      expect([seats, pendingChange?.seats]).toEqual([5, 3]);
      expect([null, enterprise()]).toContain(pendingChange?.priceRef);
    });
  });

  describe(`a change of plan at ${name}`, () => {
    it('sets plan and seats together', async () => {
      const { id } = await team();
      const wish = { ...change(5), priceRef: desk.bench.priceRefs.enterprise, intentKey: 'up' };
      const changed = await desk.bench.provider.changePlan(id, wish);
      expect(changed).toMatchObject({
        priceRef: desk.bench.priceRefs.enterprise,
        productMetadata: { plan: 'enterprise' },
        seats: 5,
        price: { amount: 30_000n, currency: 'usd' },
        interval: 'month',
      });
      expect(await desk.bench.provider.changePlan(id, wish)).toMatchObject({ seats: 5 });
    });

    it('moves to another interval', async () => {
      const { id } = await desk.bought();
      const wish = { ...change(1), seats: null, priceRef: desk.bench.priceRefs.proYearly };
      const changed = await desk.bench.provider.changePlan(id, { ...wish, proration: 'invoice_now' });
      expect(changed).toMatchObject({
        interval: 'year',
        price: { amount: 99_900n },
        productMetadata: { plan: 'pro' },
      });
    });

    it('to a price that is not on sale is refused, and changes nothing', async () => {
      const { id } = await desk.bought();
      const wish = { ...change(1), seats: null, priceRef: 'no_such_price' };
      await expect(desk.bench.provider.changePlan(id, wish)).rejects.toMatchObject({
        code: 'provider_refused',
      });
      expect(await desk.fetched(id)).toMatchObject({ priceRef: desk.bench.priceRefs.pro });
    });

    it('of a subscription that nobody knows is refused as such', async () => {
      const wish = { ...change(1), priceRef: desk.bench.priceRefs.team };
      for (const id of ['no_such_subscription', '../customers', '']) {
        await expect(desk.bench.provider.changePlan(id, wish)).rejects.toMatchObject({
          code: 'provider_refused',
          reason: expect.stringMatching(/^(?:not_found|invalid)$/),
        });
      }
    });

    it('while a cancel is scheduled does as the capability says', async () => {
      const { id } = await team();
      await desk.bench.provider.scheduleCancel(id, 'end');
      const changed = await outcomeOf(desk.bench.provider.setSeats(id, change(4)));
      const isAllowed = desk.bench.provider.capabilities.changesWhileCanceling;
      expect(changed).toMatchObject(isAllowed ? { seats: 4 } : { reason: 'cancel_scheduled' });
    });

    it('with a proration that the capability does not name is refused', async () => {
      const { id } = await team();
      const free = await outcomeOf(desk.bench.provider.setSeats(id, change(4, { proration: 'none' })));
      const isKnown = desk.bench.provider.capabilities.prorations.includes('none');
      expect(free).toMatchObject(isKnown ? { seats: 4 } : { reason: 'unsupported' });
    });
  });
}
