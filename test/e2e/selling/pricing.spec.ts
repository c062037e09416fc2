import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Pricing, ProviderRegistry } from '@tollgate/billing';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';
import { buy, register } from '../../support/people.js';
import { setOutage } from '../../support/sandbox-sales.js';
import { startNode } from '../../support/second-node.js';

interface Page {
  readonly source: string;
  readonly stale: boolean;
  readonly ageSeconds: number | null;
  readonly plans: readonly Shown[];
}
interface Shown {
  readonly key: string;
  readonly sold: string;
  readonly prices: readonly { id: string | null; amount: string; interval: string; currency: string }[];
  readonly yearlySaving: string | null;
  readonly features: readonly { key: string; included: boolean; limit: unknown }[];
}

const MINUTE_MS = 60_000;

describe.each(['polar', 'stripe'] as const)('the pricing page with prices of %s', (provider) => {
  let test: TestApp;
  let now = Date.now();

  beforeAll(async () => {
    test = await createTestApp({ provider });
  });
  afterAll(() => test.close());

  const page = async (): Promise<Page> =>
    (await test.anonymous.get('/v1/pricing')).expect(200).body as unknown as Page;
  const planOf = async (key: string): Promise<Shown | undefined> =>
    (await page()).plans.find((plan) => plan.key === key);
  const later = async (minutes: number): Promise<void> => {
    now += minutes * MINUTE_MS;
    await test.moveClock(new Date(now));
  };
  const idOf = (key: string): string | undefined => {
    const offer = SANDBOX_CATALOG.find((one) => one.key === key);
    return provider === 'polar' ? offer?.polarProductId : offer?.stripePriceId;
  };

  it('SB-36 SB-15 shows plans and features of ours with live prices, and what a year saves', async () => {
    const { plans, ...rest } = await page();
    expect(rest).toMatchObject({ source: 'live', stale: false, currency: 'usd' });
    expect(plans.map(({ key, sold }) => [key, sold])).toEqual([
      ['free', 'free'],
      ['pro', 'for_sale'],
      ['team', 'for_sale'],
      ['enterprise', 'for_sale'],
    ]);
    expect(plans[1]).toMatchObject({
      yearlySaving: '18900',
      prices: [
        { id: idOf('pro_monthly'), amount: '9900', currency: 'usd', interval: 'month' },
        { id: idOf('pro_yearly'), amount: '99900', currency: 'usd', interval: 'year' },
      ],
    });
    expect(plans[1]?.features.find(({ key }) => key === 'workflows')).toMatchObject({
      included: true,
      limit: 25,
    });
    expect(plans[0]?.features.find(({ key }) => key === 'export')).toMatchObject({
      included: false,
      limit: null,
    });
  });

  it('SB-44 a price that changes at the provider changes here, and no entitlement does', async () => {
    const person = await register(test);
    await buy(test, person, { plan: 'pro', interval: 'month' });
    await test.sandbox.control.patch('/_control/products/pro_monthly', { price: 12_300 });
    if (provider === 'stripe') {
      // A changed price is a new price at Stripe: staff put it on sale by mapping it.
      const prices = await test.app.get(ProviderRegistry).get(provider).listPrices();
      const changed = prices.find(({ money }) => money.amount === 12_300n);
      await test.database.query('update price_map set external_id = $1 where external_id = $2', [
        changed?.priceRef ?? idOf('pro_monthly'),
        idOf('pro_monthly'),
      ]);
    }
    await later(11);
    expect((await planOf('pro'))?.prices[0]?.amount).toBe('12300');
    (await person.call.post('/v1/export')).expect(200);
  });

  it('SB-36 leaves out what the provider archived', async () => {
    await test.sandbox.control.patch('/_control/products/team_yearly', { archived: true });
    await later(11);
    expect((await planOf('team'))?.prices.map(({ interval }) => interval)).not.toContain('year');
    expect((await planOf('team'))?.yearlySaving).toBeNull();
  });

  it('FX-38 shows the last good prices with their age while the provider is down, also after a restart', async () => {
    const good = await planOf('pro');
    await setOutage(test, provider, 'error');
    await later(20);
    const stale = await page();
    expect(stale).toMatchObject({ source: 'last_good', stale: true });
    expect(stale.ageSeconds).toBeGreaterThanOrEqual(20 * 60);
    expect(stale.plans.find(({ key }) => key === 'pro')?.prices).toEqual(good?.prices);
    const node = await startNode(test, { runsWork: false });
    try {
      const { source, plans } = await node.get(Pricing).page();
      expect(source).toBe('last_good');
      expect(plans.find(({ key }) => key === 'pro')?.prices.length).toBe(2);
    } finally {
      await node.close();
    }
    await setOutage(test, provider, 'none');
  });

  it('FX-38 shows list prices when there never were any others: never empty, never a 500', async () => {
    await setOutage(test, provider, 'down');
    await test.database.query('delete from price_list');
    const node = await startNode(test, { runsWork: false });
    try {
      const { source, stale, plans } = await node.get(Pricing).page();
      expect({ source, stale }).toEqual({ source: 'list', stale: true });
      expect(plans.map(({ prices }) => prices.map(({ amount }) => amount))).toEqual([
        [],
        [9_900n, 99_900n],
        [3_000n, 30_000n],
        [6_000n, 60_000n],
      ]);
    } finally {
      await node.close();
      await setOutage(test, provider, 'none');
    }
  });

  it('never shows a price of another currency', async () => {
    const node = await startNode(test, { runsWork: false });
    try {
      const adapter = node.get(ProviderRegistry).get(provider);
      const inEuros = (await adapter.listPrices()).map((price) => ({
        ...price,
        money: { ...price.money, currency: 'eur' },
      }));
      jest.spyOn(adapter, 'listPrices').mockResolvedValue(inEuros);
      expect(inEuros.length).toBeGreaterThan(0);
      const { plans } = await node.get(Pricing).page();
      expect(plans.flatMap(({ prices }) => prices)).toEqual([]);
      expect(plans.map(({ sold }) => sold)).toEqual(['free', 'contact', 'contact', 'contact']);
    } finally {
      await node.close();
    }
  });
});
