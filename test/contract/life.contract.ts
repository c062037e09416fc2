import { describe, expect, it } from '@jest/globals';
import type { ContractDesk } from './contract-desk.js';
import { outcomeOf } from './outcome.js';

/** What a call is for; the second of a kind about one subscription needs another. */
const INTENT = 'first';
const SECOND_MS = 1_000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;

/** What the port promises of how a subscription ends, pauses and goes on. */
export function describeLife(name: string, desk: ContractDesk): void {
  describe(`the end of a subscription at ${name}`, () => {
    it('is scheduled and taken back, however often either is said', async () => {
      const { id } = await desk.bought();
      for (const _twice of [1, 2]) {
        const canceled = await desk.bench.provider.scheduleCancel(id, INTENT);
        expect(canceled).toMatchObject({
          status: 'active',
          cancelAt: canceled.currentPeriodEnd,
          endedAt: null,
        });
        expect(canceled.cancelAt).not.toBeNull();
      }
      for (const _twice of [1, 2]) {
        expect(await desk.bench.provider.undoCancel(id, INTENT)).toMatchObject({
          status: 'active',
          cancelAt: null,
        });
      }
    });

    it('is taken back when the customer scheduled it in the portal', async () => {
      const { id } = await desk.bought();
      await desk.bench.act(id, 'cancel');
      expect((await desk.fetched(id)).cancelAt).not.toBeNull();
      expect(await desk.bench.provider.undoCancel(id, INTENT)).toMatchObject({
        cancelAt: null,
        canceledAt: null,
      });
    });

    it('comes at once with a revocation, and stays', async () => {
      const { id } = await desk.bought();
      const ended = await desk.bench.provider.revoke(id);
      expect(ended.status).toBe('canceled');
      expect(ended.endedAt).not.toBeNull();
      expect(await desk.bench.provider.revoke(id)).toMatchObject({
        status: 'canceled',
        endedAt: ended.endedAt,
      });
      await expect(
        desk.bench.provider.setSeats(id, {
          seats: 2,
          when: 'now',
          proration: 'next_invoice',
          intentKey: 'late',
        }),
      ).rejects.toMatchObject({ code: 'provider_refused' });
    });
  });

  describe(`a pause at ${name}`, () => {
    it('begins as the capability says, and is ended', async () => {
      const { id } = await desk.bought();
      const paused = await desk.bench.provider.pause(id, null, INTENT);
      const later = desk.bench.provider.capabilities.pauses === 'period_end';
      expect(paused).toMatchObject(
        later
          ? { status: 'active', pausesAt: paused.currentPeriodEnd, pausedAt: null }
          : { status: 'paused', pausesAt: null },
      );
      expect(await desk.bench.provider.resume(id, await desk.bench.now(), INTENT)).toMatchObject({
        status: 'active',
        pausesAt: null,
        pausedAt: null,
      });
    });

    it('that ends while the period is paid for leaves it as it was; one that ends later begins a new one', async () => {
      const { id, subscription } = await desk.bought();
      const { currentPeriodStart, currentPeriodEnd } = subscription;
      const { provider } = desk.bench;
      await provider.pause(id, null, INTENT);
      await desk.bench.passTo(new Date(Number(currentPeriodStart) + 2 * DAY_MS));
      const goingOn = await provider.resume(id, await desk.bench.now(), INTENT);
      expect(goingOn).toMatchObject({ status: 'active', currentPeriodStart, currentPeriodEnd });
      await provider.pause(id, null, 'again');
      await desk.bench.passTo(new Date(Number(currentPeriodEnd) + 3 * DAY_MS));
      const at = await desk.bench.now();
      const begun = await provider.resume(id, at, INTENT);
      expect(begun.status).toBe('active');
      // Whole seconds at Stripe.
      expect(Number(begun.currentPeriodStart)).toBeGreaterThan(at.getTime() - SECOND_MS);
      expect(Number(begun.currentPeriodEnd)).toBeGreaterThan(at.getTime() + 27 * DAY_MS);
    });

    it('with an end is refused where nothing resumes by itself', async () => {
      const { id, subscription } = await desk.bought();
      const until = new Date(Number(subscription.currentPeriodEnd) + 40 * 86_400_000);
      const paused = await outcomeOf(desk.bench.provider.pause(id, until, INTENT));
      const isKept = desk.bench.provider.capabilities.resumesByItself;
      expect(paused).toMatchObject(isKept ? { resumesAt: until } : { reason: 'unsupported' });
    });
  });
}
