import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../../support/app.js';
import { type Person, register, subscriptionOf } from '../../support/people.js';
import { workedOff } from '../../support/sandbox-events.js';
import { providerApi } from '../../support/sandbox-sales.js';
import { ownerIdOf } from '../../support/tenants.js';

describe.each(['polar', 'stripe'] as const)(
  'a stranger who pays at %s and names somebody else',
  (provider) => {
    let test: TestApp;
    let owner: Person;
    let ownerId: string;

    beforeAll(async () => {
      test = await createTestApp({ provider });
      owner = await register(test);
      ownerId = await ownerIdOf(test, owner);
      (await owner.call.post('/v1/checkout', { plan: 'pro', interval: 'month' })).expect(201);
    });
    afterAll(() => test.close());

    /** A customer of the stranger's own, who claims to be the owner as far as the provider lets them. */
    async function stranger(): Promise<string> {
      const api = providerApi(test, provider);
      const answer =
        provider === 'polar'
          ? await api.post('/polar/v1/customers/', {
              email: 'stranger@example.test',
              metadata: { owner_id: ownerId },
            })
          : await api.post('/v1/customers', `email=stranger%40example.test&metadata[owner_id]=${ownerId}`);
      return String(answer.body['id']);
    }

    it('changes nothing for them: the link that we made decides', async () => {
      const linked = await test.database.query('select owner_id, customer_id from provider_customer');
      const sale = { provider, customer: await stranger(), sellable: 'team_monthly', seats: 5 };
      const metadata = { owner_id: ownerId };
      (await test.sandbox.control.post('/_control/subscriptions', { ...sale, metadata })).expect(201);
      await test.sandbox.flush();
      await workedOff(test);
      expect(await subscriptionOf(owner)).toMatchObject({ plan: 'free', providerSubscriptionId: null });
      expect(await test.database.query('select owner_id, customer_id from provider_customer')).toEqual(
        linked,
      );
      const notes = await test.database.query<{ note: string }[]>(
        `select distinct note from inbox_event where state = 'quarantined' and subscription_id is not null`,
      );
      expect(notes).toEqual([{ note: provider === 'polar' ? 'unknown_customer' : 'owner_conflict' }]);
    });
  },
);
