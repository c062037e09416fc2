import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Catalog, Catalogs } from '@tollgate/entitlements';
import { seedCatalog } from '../../../apps/api/src/database/seeds/catalog.js';
import { SANDBOX_CATALOG } from '../../../apps/api/src/launcher/sandbox-catalog.js';
import { createTestApp, type TestApp } from '../../support/app.js';

const NO = 'no';
const YES = 'yes';

/** The table of what is sold: plans from left to right are free, pro, team, enterprise. */
const TABLE: readonly (readonly [feature: string, kind: string, ...plans: (string | number)[]])[] = [
  ['workflows', 'capacity', 3, 25, 100, -1],
  ['workflows_per_organization', 'capacity', 3, 15, 50, -1],
  ['credentials', 'capacity', 2, 20, 100, -1],
  ['nodes_per_workflow', 'ceiling', 10, 50, 100, 500],
  ['executions', 'quota', 100, 5_000, 25_000, 100_000],
  ['seats', 'capacity', 1, 3, 100, 1_000],
  ['export', 'quota', NO, 50, 50, -1],
  ['analytics-dashboard', 'flag', NO, YES, YES, YES],
  ['ai_features', 'flag', NO, YES, YES, YES],
  ['premium_triggers', 'flag', NO, YES, YES, YES],
  ['ai_review', 'quota', NO, 100, 500, 5_000],
  ['custom_domains', 'capacity', NO, 1, 5, -1],
  ['white_label', 'flag', NO, NO, YES, YES],
  ['priority_support', 'flag', NO, NO, NO, YES],
];
const PLANS = ['free', 'pro', 'team', 'enterprise'];

let test: TestApp;
let catalog: Catalog;
beforeAll(async () => {
  test = await createTestApp({ provider: 'none' });
  catalog = test.app.get(Catalogs).current();
});
afterAll(() => test.close());

describe('the seeded catalog', () => {
  it('GO-09 sells Free, Pro, Team and Enterprise, in this order, and starts with Free', () => {
    const plans = [...catalog.plans.values()].toSorted((one, other) => one.rank - other.rank);
    expect(plans.map(({ name, graceDays, perSeat }) => [name, graceDays, perSeat])).toEqual([
      ['Free', 0, false],
      ['Pro', 7, false],
      ['Team', 7, true],
      ['Enterprise', 14, true],
    ]);
    expect(catalog.defaultPlan).toBe('free');
  });

  it.each(TABLE)('GO-09 includes %s (%s): %p, %p, %p, %p', (key, kind, ...expected) => {
    const feature = catalog.features.get(key)!;
    const found = PLANS.map((plan) => {
      const allowance = feature.allowances.get(plan);
      if (!allowance) return NO;
      return allowance.limit === null ? YES : Number(allowance.limit);
    });
    expect([feature.kind, found]).toEqual([kind, expected]);
    expect(feature.enabled).toBe(true);
  });

  it('GO-09 has these features and no others', () => {
    expect([...catalog.features.keys()].toSorted()).toEqual(TABLE.map(([key]) => key).toSorted());
  });

  it('GO-09 counts in the windows, places and rollouts that are sold', () => {
    const { features } = catalog;
    expect(features.get('executions')).toMatchObject({ window: 'month' });
    expect(features.get('executions')!.allowances.get('enterprise')).toMatchObject({ overage: 'allow' });
    expect(features.get('export')).toMatchObject({
      window: 'day',
      rollout: { percent: 100, subject: 'owner' },
    });
    expect(features.get('ai_review')).toMatchObject({ window: 'day' });
    expect(
      features
        .get('ai_review')!
        .rates.map(({ by }) => by)
        .toSorted(),
    ).toEqual(['api_key', 'organization']);
    expect(features.get('analytics-dashboard')).toMatchObject({
      rollout: { percent: 20, subject: 'user' },
      rates: [{ limit: 100, perSeconds: 3_600, by: 'user' }],
    });
    expect(features.get('executions')).toMatchObject({ chargeOn: 'attempt', failPolicy: { kind: 'closed' } });
    expect(features.get('ai_review')).toMatchObject({ chargeOn: 'attempt' });
    expect(features.get('export')).toMatchObject({ chargeOn: 'success' });
    expect(features.get('white_label')).toMatchObject({ failPolicy: { kind: 'last_known', seconds: 300 } });
    expect(features.get('workflows')).toMatchObject({ countedBy: 'owner' });
    expect(features.get('workflows_per_organization')).toMatchObject({ countedBy: 'organization' });
  });

  it('GO-09 has the list prices in the sandbox that a local start buys from', () => {
    const prices = Object.fromEntries(SANDBOX_CATALOG.map(({ key, amount }) => [key, amount]));
    expect(prices).toMatchObject({
      pro_monthly: 9_900,
      pro_yearly: 99_900,
      team_monthly: 3_000,
      team_yearly: 30_000,
      enterprise_monthly: 6_000,
      enterprise_yearly: 60_000,
    });
  });

  it('gives every higher plan all that the lower one has', () => {
    const size = (limit: bigint | null | undefined): number => {
      if (limit === undefined) return -1;
      return limit === null || limit === -1n ? Infinity : Number(limit);
    };
    for (const { allowances } of catalog.features.values()) {
      const sizes = PLANS.map((plan) => size(allowances.get(plan)?.limit));
      expect(sizes).toEqual(sizes.toSorted((one, other) => one - other));
    }
  });

  it('is published once, whoever starts at the same time, and survives the next start', async () => {
    const seeded = await Promise.all(
      Array.from({ length: 5 }, () =>
        test.app.get(Catalogs).seed(seedCatalog, { author: 'test', reason: 'again' }),
      ),
    );
    expect(seeded).not.toContain(true);
    expect(await test.database.query('select version from catalog_version')).toEqual([{ version: 1 }]);
  });

  it('is read back from its tables as it was published', async () => {
    const published = await test.app
      .get(Catalogs)
      .publish(seedCatalog, { author: 'test', reason: 'a second version' });
    const [row] = await test.database.query<{ n: number }[]>(
      'select count(*)::int as n from allowance where catalog_version = 2',
    );
    expect(row?.n).toBe([...catalog.features.values()].reduce((n, { allowances }) => n + allowances.size, 0));
    expect(published).toEqual({ ...catalog, version: 2 });
  });
});
