import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LIST_PRICES } from '@tollgate/billing';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { runSetup } from '../../../apps/api/src/provider-setup/run-setup.js';
import { createTestApp, environmentOf, type TestApp } from '../../support/app.js';
import { buy, register, subscriptionOf } from '../../support/people.js';
import { serveNode } from '../../support/second-node.js';
import { staffMember } from '../../support/staff.js';

const WISH = { plan: 'pro', interval: 'month' } as const;
const DEARER = LIST_PRICES.map((one) =>
  one.plan === 'pro' && one.interval === 'month' ? { ...one, amount: 12_900n } : one,
);

describe.each(['polar', 'stripe'] as const)(
  'a list price that changes while a shop sells by %s',
  (provider) => {
    let test: TestApp;
    const offer = SANDBOX_CATALOG.find(({ key }) => key === 'pro_monthly');
    const oldId = (provider === 'polar' ? offer?.polarProductId : offer?.stripePriceId) ?? '';

    beforeAll(async () => {
      test = await createTestApp({ provider });
    });
    afterAll(() => test.close());

    const setUp = async (): Promise<string[]> => {
      const lines: string[] = [];
      const environment = environmentOf(
        { provider },
        0,
        test.url,
        test.config.database.url,
        test.sandbox.url,
      );
      expect(await runSetup(environment, (line) => lines.push(line), DEARER)).toBe(0);
      return lines;
    };
    const newIdIn = (lines: readonly string[]): string =>
      lines
        .find((line) => line.includes('pro by the month'))
        ?.split(/ +/)
        .at(-1) ?? '';
    const bought = async (): Promise<unknown> => {
      const person = await register(test);
      await buy(test, person, WISH);
      return (await subscriptionOf(person))['amount'];
    };

    const shownAt = async (url: string): Promise<unknown> => {
      const answer = await fetch(`${url}/v1/pricing`);
      const { plans } = (await answer.json()) as { plans: { key: string; prices: { interval: string }[] }[] };
      return plans.find(({ key }) => key === 'pro')?.prices.find(({ interval }) => interval === 'month');
    };

    it('is set up without taking the old price away, until staff put the new one on sale', async () => {
      expect(await bought()).toBe('9900');
      const other = await serveNode(test, provider);
      for (const node of [test, other])
        expect(await shownAt(node.url)).toMatchObject({ id: oldId, amount: '9900' });
      const lines = await setUp();
      const newId = newIdIn(lines);
      expect(newId).not.toBe(oldId);
      expect(lines.filter((line) => line.startsWith('created'))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith('unchanged'))).toHaveLength(5);
      const told = lines.join('\n');
      expect(told).toContain(`PUT /staff/prices/${provider}/${newId}`);
      expect(told).toMatch(new RegExp(`archive[^]*${oldId} +99\\.00 USD[^]*_PRO_MONTHLY=${newId}`));
      expect(await bought()).toBe('9900');

      const second = await setUp();
      expect(newIdIn(second)).toBe(newId);
      expect(second.filter((line) => line.startsWith('unchanged'))).toHaveLength(6);

      const staff = await staffMember(test, 'admin');
      const form = { ...WISH, forSale: true, reason: 'The list price has changed' };
      (await staff.put(`/staff/prices/${provider}/${newId}`, form)).expect(200);
      expect(await bought()).toBe('12900');
      for (const node of [test, other])
        expect(await shownAt(node.url)).toMatchObject({ id: newId, amount: '12900' });
      await other.close();
    });
  },
);
