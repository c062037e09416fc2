import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CatalogForm } from '@tollgate/entitlements';
import { type CatalogNode, startCatalogNode } from '../../support/catalog/catalog-node.js';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.js';

const BY = { author: 'staff:1', reason: 'a test' };
const OWNER = '0190a6b2-7c5e-7000-8000-000000000001';

const free = { name: 'Free', rank: 0 };
const pro = { name: 'Pro', rank: 10 };
const gold = { name: 'Gold', rank: 20 };
const flag = (...plans: readonly string[]) =>
  ({
    name: 'A feature',
    kind: 'flag',
    allowances: Object.fromEntries(plans.map((plan) => [plan, true as const])),
  }) as const;

const FULL: CatalogForm = {
  defaultPlan: 'free',
  plans: { free, pro, gold },
  features: {
    everyone: flag('free', 'pro', 'gold'),
    golden: flag('gold'),
    nobody: flag(),
    things: { name: 'Things', kind: 'capacity', allowances: { free: 1, pro: 5, gold: 9 } },
  },
};
const without = (map: object, key: string) =>
  Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
const withoutGold: CatalogForm = {
  ...FULL,
  plans: { free, pro },
  features: {
    ...FULL.features,
    everyone: flag('free', 'pro'),
    golden: flag(),
    things: { name: 'Things', kind: 'capacity', allowances: { free: 1, pro: 5 } },
  },
};
const withoutFeature = (key: string): CatalogForm => ({ ...FULL, features: without(FULL.features, key) });

let testDatabase: TestDatabase;
let node: CatalogNode;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
  node = await startCatalogNode(testDatabase.url);
  await sql(`insert into billing_owner (id, user_id, created_at) values ($1, 'ada', now())`, [OWNER]);
});
afterAll(async () => {
  await node.close();
  await testDatabase.drop();
});
beforeEach(async () => {
  await sql('delete from assignment; delete from override');
  await node.catalogs.publish(FULL, BY);
});

const sql = (text: string, values: unknown[] = []) => node.kernel.database.query(text, values);
const hold = (plan: string, { to = 'null', pin = null as number | null } = {}) =>
  sql(
    `insert into assignment (id, owner_id, plan, source, from_at, to_at, catalog_version)
     values (gen_random_uuid(), $1, $2, 'staff', now() - interval '1 day', ${to}, $3)`,
    [OWNER, plan, pin],
  );
const override = (feature: string, to = 'null') =>
  sql(
    `insert into override (id, owner_id, feature, enabled, from_at, to_at, reason, author)
     values (gen_random_uuid(), $1, $2, true, now() - interval '1 day', ${to}, 'a promise', 'staff:1')`,
    [OWNER, feature],
  );
const publish = (form: CatalogForm) => node.catalogs.publish(form, BY);
const ENDED = `now() - interval '1 second'`;
const LATER = `now() + interval '1 day'`;

describe('a plan', () => {
  it('SB-10 that somebody holds cannot go away, nor be renamed', async () => {
    await hold('gold');
    const renamed = {
      ...FULL,
      ...JSON.parse(JSON.stringify(FULL).replaceAll('"gold"', '"golden-plan"')),
    } as CatalogForm;
    for (const form of [withoutGold, renamed]) {
      await expect(publish(form)).rejects.toMatchObject({
        kind: 'conflict',
        code: 'plan_in_use',
        details: { plans: ['gold'] },
      });
    }
  });

  it('that somebody holds until later cannot go away', async () => {
    await hold('gold', { to: LATER });
    await expect(publish(withoutGold)).rejects.toMatchObject({ code: 'plan_in_use' });
  });

  it('that somebody holds by an older version cannot go away', async () => {
    await hold('gold', { pin: node.catalogs.current().version });
    await publish({ ...FULL, plans: { ...FULL.plans, gold: { ...gold, name: 'Gold, renewed' } } });
    await expect(publish(withoutGold)).rejects.toMatchObject({ code: 'plan_in_use' });
  });

  it('goes away when nobody holds it any more', async () => {
    await hold('gold', { to: ENDED });
    expect((await publish(withoutGold)).plans.has('gold')).toBe(false);
  });

  it('that everybody without another holds stays, until another is the default', async () => {
    const basic = { name: 'Basic', rank: 1 };
    const moved: CatalogForm = { ...FULL, defaultPlan: 'basic', plans: { ...FULL.plans, basic } };
    const gone = JSON.parse(JSON.stringify(moved), (key, value: unknown) =>
      key === 'free' ? undefined : value,
    ) as CatalogForm;
    await expect(publish(gone)).rejects.toMatchObject({ code: 'plan_in_use', details: { plans: ['free'] } });
    await publish(moved);
    expect((await publish(gone)).defaultPlan).toBe('basic');
    await publish({ ...moved, defaultPlan: 'free' });
  });
});

describe('a feature', () => {
  it.each(['everyone', 'things'])('SB-10 of the default plan cannot go away: %s', async (key) => {
    await expect(publish(withoutFeature(key))).rejects.toMatchObject({
      kind: 'conflict',
      code: 'feature_in_use',
      details: { features: [key] },
    });
  });

  it('SB-10 of a plan that somebody holds cannot go away', async () => {
    await hold('gold', { to: LATER });
    await expect(publish(withoutFeature('golden'))).rejects.toMatchObject({ code: 'feature_in_use' });
  });

  it('SB-10 that an override names cannot go away before the override ends', async () => {
    await override('nobody');
    await expect(publish(withoutFeature('nobody'))).rejects.toMatchObject({ code: 'feature_in_use' });
    await sql(`update override set to_at = ${ENDED}`);
    expect((await publish(withoutFeature('nobody'))).features.has('nobody')).toBe(false);
  });

  it('of an older version that somebody is pinned to cannot go away', async () => {
    await hold('gold', { pin: node.catalogs.current().version });
    await publish({ ...FULL, features: { ...FULL.features, golden: flag() } });
    await expect(publish(withoutFeature('golden'))).rejects.toMatchObject({ code: 'feature_in_use' });
  });

  it('goes away when it was taken out of the plans that are held', async () => {
    await hold('gold');
    await publish({ ...FULL, features: { ...FULL.features, golden: flag() } });
    expect((await publish(withoutFeature('golden'))).features.has('golden')).toBe(false);
  });

  it('of a plan that nobody holds goes away', async () => {
    await hold('gold', { to: ENDED });
    expect((await publish(withoutFeature('golden'))).features.has('golden')).toBe(false);
  });

  it('keeps its kind and its place of counting', async () => {
    const { things } = FULL.features;
    const changed: CatalogForm['features'][] = [
      { ...FULL.features, things: { ...things, countedBy: 'organization' } },
      { ...FULL.features, things: { ...things, kind: 'ceiling' } },
      { ...FULL.features, nobody: { name: 'Nobody', kind: 'capacity', allowances: {} } },
    ];
    for (const features of changed) {
      await expect(publish({ ...FULL, features })).rejects.toMatchObject({ code: 'feature_kind_fixed' });
    }
  });

  it('can be switched off for everybody at any time', async () => {
    await hold('gold');
    const golden = { ...flag('gold'), enabled: false };
    const catalog = await publish({ ...FULL, features: { ...FULL.features, golden } });
    expect(catalog.features.get('golden')).toMatchObject({ enabled: false });
  });
});
