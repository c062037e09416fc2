import { describe, expect, it } from '@jest/globals';
import type { ContractDesk } from './contract-desk.js';

const DAY_MS = 86_400_000;
const MONTH = 27 * DAY_MS;

/** What the port promises of subscriptions as fetched. */
export function describeSubscriptions(name: string, desk: ContractDesk): void {
  describe(`a subscription at ${name}`, () => {
    it('tells owner, plan, price and period once it is bought', async () => {
      const { checkout, id, subscription } = await desk.bought();
      expect(subscription).toMatchObject({
        provider: desk.bench.provider.name,
        id,
        customerId: checkout.customerId,
        ownerRef: checkout.ownerId,
        checkoutId: checkout.checkoutId,
        status: 'active',
        rawStatus: 'active',
        productMetadata: { plan: 'pro' },
        seats: 1,
        price: { amount: 9900n, currency: 'usd' },
        interval: 'month',
        cancelAt: null,
        canceledAt: null,
        endedAt: null,
        trialEnd: null,
      });
      expect([subscription.productId, subscription.priceId]).toContain(checkout.priceRef);
      const { currentPeriodStart, currentPeriodEnd } = subscription;
      expect(Number(currentPeriodEnd) - Number(currentPeriodStart)).toBeGreaterThan(MONTH);
    });

    it('counts its seats, and its price is that of all of them', async () => {
      const { subscription } = await desk.bought({
        plan: 'team',
        priceRef: desk.bench.priceRefs.team,
        seats: 4,
      });
      expect(subscription).toMatchObject({ seats: 4, price: { amount: 12_000n, currency: 'usd' } });
    });

    it('ends with its period after a cancel, and does not after it is taken back', async () => {
      const { id } = await desk.bought();
      await desk.bench.act(id, 'cancel');
      const canceled = await desk.fetched(id);
      expect(canceled).toMatchObject({
        status: 'active',
        cancelAt: canceled.currentPeriodEnd,
        endedAt: null,
      });
      expect(canceled.cancelAt).not.toBeNull();
      await desk.bench.act(id, 'uncancel');
      expect(await desk.fetched(id)).toMatchObject({ status: 'active', cancelAt: null, canceledAt: null });
    });

    it('has ended once it is revoked', async () => {
      const { id } = await desk.bought();
      await desk.bench.act(id, 'revoke');
      const ended = await desk.fetched(id);
      expect(ended.status).toBe('canceled');
      expect(ended.endedAt).not.toBeNull();
    });

    it('is past due when a payment fails', async () => {
      const { id } = await desk.bought();
      await desk.bench.act(id, 'fail-payment');
      expect(await desk.fetched(id)).toMatchObject({ status: 'past_due', endedAt: null });
    });

    it('is past due since the first failure, however late it is asked and however often it was tried again', async () => {
      const { id, subscription } = await desk.bought();
      const renewal = Number(subscription.currentPeriodEnd);
      await desk.bench.breakCard(subscription);
      await desk.bench.passTo(new Date(renewal + 10 * DAY_MS));
      const due = await desk.fetched(id);
      expect(due.status).toBe('past_due');
      expect(Number(due.pastDueSince)).toBeGreaterThanOrEqual(renewal - DAY_MS / 24);
      expect(Number(due.pastDueSince)).toBeLessThan(renewal + DAY_MS / 2);
    });

    it.each([['no_such_subscription'], ['../customers'], ['']])('is null for the id %j', async (id) => {
      expect(await desk.bench.provider.fetchSubscription(id)).toBeNull();
    });
  });
}
