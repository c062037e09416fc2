import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestApp, type TestApp } from '../support/app.js';
import type { Answer } from '../support/caller.js';
import { type Person, register, settled, subscriptionOf } from '../support/people.js';

describe.each(['polar', 'stripe'] as const)(
  'GO-05 SB-43 the story of one subscription, sold through %s',
  (provider) => {
    let test: TestApp;
    let person: Person;

    beforeAll(async () => {
      test = await createTestApp({ provider });
      person = await register(test);
    });
    afterAll(() => test.close());

    const tryExport = (): Promise<Answer> => person.call.post('/v1/export');

    it('GO-13 starts on the free plan with a row of its own', async () => {
      const rows = await test.database.query<{ plan: string; status: string }[]>(
        `select s.plan, s.status from subscription s join billing_owner o on o.id = s.owner_id where o.user_id = $1`,
        [person.id],
      );
      expect(rows).toEqual([{ plan: 'free', status: 'active' }]);
    });

    it('GO-10 refuses the fourth workflow', async () => {
      for (const name of ['one', 'two', 'three'])
        (await person.call.post('/v1/workflows', { name })).expect(201);
      const { body } = (await person.call.post('/v1/workflows', { name: 'four' })).expect(403);
      expect(body).toMatchObject({ error: 'capacity_reached', feature: 'workflows', limit: 3, used: 3 });
    });

    it('refuses export until it is paid for', async () => {
      const { body } = (await tryExport()).expect(403);
      expect(body).toMatchObject({
        error: 'upgrade_required',
        reason: 'plan_required',
        upgradeUrl: '/pricing',
      });
    });

    it('GO-14 SB-17 changes nothing before the webhook, and opens the gate after it', async () => {
      const { body } = (await person.call.post('/v1/checkout', { plan: 'pro', interval: 'month' })).expect(
        201,
      );
      (await tryExport()).expect(403);
      (await test.sandbox.pay(String(body['url']))).expect(303);
      await settled(test, async () => (await tryExport()).status === 200);
      expect(await subscriptionOf(person)).toMatchObject({
        plan: 'pro',
        status: 'active',
        provider,
        amount: '9900',
        currency: 'usd',
        interval: 'month',
      });
    });

    it('GO-15 GO-16 keeps access to the last second of a cancelled period, and ends it there', async () => {
      const { providerSubscriptionId } = await subscriptionOf(person);
      (
        await test.sandbox.control.post(
          `/_control/subscriptions/${String(providerSubscriptionId)}/cancel`,
          {},
        )
      ).expect(200);
      await settled(test, async () => (await subscriptionOf(person))['cancelAt'] !== null);
      (await tryExport()).expect(200);
      const end = new Date(String((await subscriptionOf(person))['cancelAt']));
      await test.moveClock(new Date(end.getTime() - 1_000));
      (await tryExport()).expect(200);
      await test.moveClock(new Date(end.getTime() + 1_000));
      const { body } = (await tryExport()).expect(403);
      expect(body).toMatchObject({ reason: 'subscription_lapsed', lapsed: 'canceled' });
      expect(await subscriptionOf(person)).toMatchObject({
        plan: 'free',
        status: 'active',
        providerSubscriptionId: null,
      });
    });
  },
);
