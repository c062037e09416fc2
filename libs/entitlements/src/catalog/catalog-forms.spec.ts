import { describe, expect, it } from '@jest/globals';
import type { CatalogForm, FeatureForm } from './define-catalog.js';
import { diffCatalogs } from './diff-catalogs.js';
import { formOfCatalog } from './form-of-catalog.js';
import { readCatalogForm } from './read-catalog-form.js';

const plans = {
  free: { name: 'Free', rank: 0 },
  pro: { name: 'Pro', rank: 10, graceDays: 7, perSeat: true },
};
const export_: FeatureForm<string> = {
  name: 'Export',
  kind: 'quota',
  window: 'day',
  allowances: { pro: 50 },
};
const formWith = (features: CatalogForm['features'], wish: Partial<CatalogForm> = {}): CatalogForm => ({
  defaultPlan: 'free',
  plans,
  features,
  ...wish,
});
const changes = (before: CatalogForm, after: CatalogForm) =>
  diffCatalogs(readCatalogForm(before, 1), readCatalogForm(after, 2));
const exportWith = (wish: Partial<FeatureForm<string>>): CatalogForm =>
  formWith({ export: { ...export_, ...wish } });

/** Everything that a feature can say, none of it the default. */
const rich: CatalogForm = formWith({
  export: {
    ...export_,
    enabled: false,
    chargeOn: 'attempt',
    overLimit: 'freeze_newest',
    failPolicy: { lastKnownSeconds: 20 },
    rates: [{ limit: 5, perSeconds: 60, by: 'api_key' }],
    rollout: {
      percent: 12.5,
      percentByPlan: { pro: 50 },
      subject: 'user',
      include: { owners: ['o1'], users: ['u1', 'u2'] },
      exclude: { organizations: ['g1'] },
    },
    allowances: { free: 0, pro: { limit: '9223372036854775807', overage: 'allow' } },
  },
  seats: { name: 'Seats', kind: 'capacity', countedBy: 'organization', allowances: { pro: -1 } },
  open: { name: 'Open', kind: 'flag', failPolicy: 'closed', allowances: { free: true } },
});

describe('the form of a catalog', () => {
  it('reads back as the same catalog, whatever it says', () => {
    const catalog = readCatalogForm(rich, 3);
    expect(formOfCatalog(catalog)).toEqual(rich);
    expect(readCatalogForm(formOfCatalog(catalog), 3)).toEqual(catalog);
  });

  it('leaves out what is the default', () => {
    const spelledOut = exportWith({
      enabled: true,
      chargeOn: 'success',
      overLimit: 'block_new',
      failPolicy: 'closed',
      rates: [],
    });
    expect(formOfCatalog(readCatalogForm(spelledOut, 1))).toEqual(formWith({ export: export_ }));
  });
});

describe('the difference of two catalogs', () => {
  it('is nothing for the same, however it is spelled', () => {
    expect(changes(rich, rich)).toEqual([]);
    expect(changes(exportWith({}), exportWith({ enabled: true, rates: [], failPolicy: 'closed' }))).toEqual(
      [],
    );
    expect(
      changes(exportWith({ rollout: {} }), exportWith({ rollout: { percent: 0, include: { users: [] } } })),
    ).toEqual([]);
  });

  it.each<[string, Partial<FeatureForm<string>>, object]>([
    ['allowances.pro', { allowances: { pro: 60 } }, { change: 'changed', before: 50, after: 60 }],
    ['allowances.free', { allowances: { free: 1, pro: 50 } }, { change: 'added', after: 1 }],
    ['allowances.pro', { allowances: {} }, { change: 'removed', before: 50 }],
    ['enabled', { enabled: false }, { change: 'changed', before: true, after: false }],
    ['window', { window: 'month' }, { change: 'changed', before: 'day', after: 'month' }],
    ['failPolicy', { failPolicy: { lastKnownSeconds: 9 } }, { change: 'changed', before: 'closed' }],
    ['rollout', { rollout: { percent: 10 } }, { change: 'added' }],
  ])('names %s', (path, wish, expected) => {
    expect(changes(exportWith({}), exportWith(wish))).toEqual([
      expect.objectContaining({ path: `features.export.${path}`, ...expected }),
    ]);
  });

  it('names a percent, and not the section around it', () => {
    const at = (percent: number) => exportWith({ rollout: { percent } });
    expect(changes(at(10), at(20))).toEqual([
      { path: 'features.export.rollout.percent', change: 'changed', before: 10, after: 20 },
    ]);
  });

  it('is one change for a feature or plan that came or went', () => {
    const without = formWith({});
    expect(changes(without, exportWith({}))).toEqual([
      { path: 'features.export', change: 'added', after: export_ },
    ]);
    expect(changes(exportWith({}), without)).toEqual([
      { path: 'features.export', change: 'removed', before: export_ },
    ]);
    const gold = { name: 'Gold', rank: 20 };
    expect(changes(without, formWith({}, { plans: { ...plans, gold } }))).toEqual([
      { path: 'plans.gold', change: 'added', after: gold },
    ]);
  });

  it('starts from nothing before the first version', () => {
    const catalog = readCatalogForm(formWith({}), 1);
    expect(diffCatalogs(null, catalog).map(({ path, change }) => [path, change])).toEqual([
      ['defaultPlan', 'added'],
      ['plans.free', 'added'],
      ['plans.pro', 'added'],
    ]);
  });

  it('takes keys that every object has for what they are', () => {
    const feature: FeatureForm<string> = { name: 'C', kind: 'flag', allowances: {} };
    expect(changes(formWith({}), formWith({ constructor: feature }))).toEqual([
      { path: 'features.constructor', change: 'added', after: feature },
    ]);
  });
});
