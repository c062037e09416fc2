import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { windowAt } from '@tollgate/usage';
import { seedCatalog } from '../../../apps/api/src/database/seeds/catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, type Person, register, settled, subscriptionOf, wishDone } from '../../support/people.js';
import { moveTo, workedOff } from '../../support/sandbox-events.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
const { executions } = seedCatalog.features;
/** The seeded catalog, but executions are counted by the billing period. */
const catalog = {
  ...seedCatalog,
  features: { ...seedCatalog.features, executions: { ...executions, window: 'billing_period' as const } },
};

describe.each(['polar', 'stripe'] as const)(
  'billing periods of a subscription sold through %s',
  (provider) => {
    let test: TestApp;
    let person: Person;

    beforeAll(async () => {
      test = await createTestApp({ provider, catalog });
      person = await register(test);
      await buy(test, person, { plan: 'pro', interval: 'month' });
    });
    afterAll(() => test.close());

    const instant = async (name: string): Promise<number> =>
      new Date(String((await subscriptionOf(person))[name])).getTime();
    const use = async (quantity: number): Promise<{ used: number; resetsAt: number }> => {
      const question = { feature: 'executions', quantity, consume: true };
      const { used, resetsAt } = (await person.call.post('/v1/check', question)).expect(200).body;
      return { used: Number(used), resetsAt: new Date(String(resetsAt)).getTime() };
    };

    it('are those of the provider from the first payment on', async () => {
      expect(await use(5)).toEqual({ used: 5, resetsAt: await instant('currentPeriodEnd') });
    });

    it('stay where they were when a pause ends within one', async () => {
      await moveTo(test, (await instant('currentPeriodStart')) + 3 * DAY_MS);
      await wishDone(test, person, 'pause');
      await wishDone(test, person, 'resume');
      expect(await use(5)).toEqual({ used: 10, resetsAt: await instant('currentPeriodEnd') });
    });

    it('move with a resume that begins a new one, which opens with the units of the one it cuts short', async () => {
      const end = await instant('currentPeriodEnd');
      await wishDone(test, person, 'pause');
      await moveTo(test, end + 10 * DAY_MS);
      // Of the free plan, in the window that the pause left running.
      expect((await use(7)).used).toBe(7);
      await wishDone(test, person, 'resume');
      const renewal = await instant('currentPeriodEnd');
      expect(await use(1)).toEqual({ used: 8, resetsAt: renewal });
      await moveTo(test, renewal + 61_000);
      expect(await use(1)).toEqual({ used: 1, resetsAt: await instant('currentPeriodEnd') });
    });

    it('move with a change to another interval, in monthly slices of the year that begins', async () => {
      await moveTo(test, (await instant('currentPeriodStart')) + 12 * DAY_MS);
      (await person.call.post('/v1/subscription/change', { plan: 'pro', interval: 'year' })).expect(202);
      await settled(test, async () => (await subscriptionOf(person))['interval'] === 'year');
      await workedOff(test);
      const begun = new Date(await instant('currentPeriodStart'));
      const sliceEnd = windowAt('billing_period', { at: begun, moved: null }, begun).end.getTime();
      expect(await use(1)).toEqual({ used: 2, resetsAt: sliceEnd });
      await moveTo(test, sliceEnd);
      expect((await use(1)).used).toBe(1);
    });
  },
);
