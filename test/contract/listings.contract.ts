import { describe, expect, it } from '@jest/globals';
import type { SubscriptionFilter } from '../../libs/billing/src/providers/payment-provider.js';
import type { ProviderSubscription } from '../../libs/billing/src/providers/provider-subscription.js';
import type { ContractDesk } from './contract-desk.js';
import { outcomeOf } from './outcome.js';

/** What the port promises of lists of subscriptions. */
export function describeListings(name: string, desk: ContractDesk): void {
  const list = async (filter: SubscriptionFilter): Promise<ProviderSubscription[]> => {
    const found: ProviderSubscription[] = [];
    for await (const one of desk.bench.provider.listSubscriptions(filter)) found.push(one);
    return found;
  };

  describe(`a list of subscriptions at ${name}`, () => {
    it('of one customer holds theirs only, as they would be fetched, ended ones included', async () => {
      const { id, checkout } = await desk.bought();
      await desk.bought();
      expect(await list({ customerId: checkout.customerId })).toEqual([await desk.fetched(id)]);
      await desk.bench.provider.revoke(id);
      expect(await list({ customerId: checkout.customerId })).toMatchObject([{ id, status: 'canceled' }]);
    });

    it('of what changed since an instant holds what changed, once each', async () => {
      const { id } = await desk.bought({ plan: 'team', priceRef: desk.bench.priceRefs.team, seats: 1 });
      const since = await desk.bench.now();
      await desk.bench.provider.scheduleCancel(id, 'end');
      await desk.bench.provider.undoCancel(id, 'undo');
      const changed = (await list({ changedSince: since })).filter((one) => one.id === id);
      expect(changed).toEqual([await desk.fetched(id)]);
    });

    it('of a customer that nobody knows is empty or refused, never another one’s', async () => {
      const found = await outcomeOf(list({ customerId: 'no_such_customer' }));
      const expected = Array.isArray(found) ? [] : { code: 'provider_refused' };
      expect(found).toMatchObject(expected);
      expect(found).not.toHaveProperty('[0]');
    });
  });
}
