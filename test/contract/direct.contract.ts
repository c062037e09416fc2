import { describe, expect, it } from '@jest/globals';
import type { NewCustomer } from '../../libs/billing/src/providers/payment-provider.js';
import { at } from '../../libs/billing/src/providers/tolerant-reader.js';
import type { ContractDesk } from './contract-desk.js';
import { outcomeOf } from './outcome.js';

/** What the port promises of subscriptions that are created without a hosted page. */
export function describeDirectCreation(name: string, desk: ContractDesk): void {
  const create = (owner: NewCustomer, customerId: string, trialDays: number | null = null) =>
    desk.bench.provider.createSubscription({
      ownerId: owner.ownerId,
      customerId,
      priceRef: desk.bench.priceRefs.pro,
      seats: null,
      trialDays,
      intentKey: owner.ownerId,
    });

  describe(`a subscription created directly at ${name}`, () => {
    it('C13, SB-18: answers its id and a client secret, or is sold by checkout only', async () => {
      const owner = desk.newOwner();
      const { customerId } = await desk.bench.provider.ensureCustomer(owner);
      const isOffered = desk.bench.provider.capabilities.directSubscriptions;
      const first = await outcomeOf(create(owner, customerId));
      const offered = { subscriptionId: expect.any(String), clientSecret: expect.any(String) };
      expect(first).toMatchObject(isOffered ? offered : { kind: 'conflict', code: 'checkout_required' });
      // Once more under the same intent is the same subscription, not a second one.
      expect(await outcomeOf(create(owner, customerId))).toEqual(first);
    });

    it('C13: waits for its first payment and is its owner’s', async () => {
      const owner = desk.newOwner();
      const { customerId } = await desk.bench.provider.ensureCustomer(owner);
      const created = await outcomeOf(create(owner, customerId));
      const id = at(created, 'subscriptionId');
      const found = typeof id === 'string' ? await desk.fetched(id) : null;
      const isOffered = desk.bench.provider.capabilities.directSubscriptions;
      const expected = { status: 'incomplete', ownerRef: owner.ownerId, priceRef: desk.bench.priceRefs.pro };
      expect({ found }).toMatchObject({ found: isOffered ? expected : null });
    });

    it('C13: with a trial for which nobody leaves a card is over with its last day, and nothing is owed', async () => {
      const owner = desk.newOwner();
      const { customerId } = await desk.bench.provider.ensureCustomer(owner);
      const id = at(await outcomeOf(create(owner, customerId, 14)), 'subscriptionId');
      const begun = typeof id === 'string' ? await desk.fetched(id) : null;
      const trialEnd = begun?.trialEnd ?? null;
      if (trialEnd !== null) await desk.bench.passTo(new Date(trialEnd.getTime() + 1_000));
      const ended = begun && (await desk.fetched(begun.id));
      const isOffered = desk.bench.provider.capabilities.directSubscriptions;
      const expected = [{ status: 'trialing' }, { status: 'canceled', endedAt: trialEnd, cancelAt: null }];
      expect([begun, ended]).toMatchObject(isOffered ? expected : [null, null]);
    });
  });
}
