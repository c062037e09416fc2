import { describe, expect, it } from '@jest/globals';
import type { CatalogForm, FeatureForm, PlanForm } from './define-catalog.js';
import { readCatalogForm } from './read-catalog-form.js';

const plans = { free: { name: 'Free', rank: 0 }, pro: { name: 'Pro', rank: 1 } };
const flag: FeatureForm<string> = { name: 'Flag', kind: 'flag', allowances: {} };

const withPlans = (extra: Record<string, PlanForm>): CatalogForm => ({
  defaultPlan: 'free',
  plans: { ...plans, ...extra },
  features: {},
});
const withFeature = (wish: Partial<FeatureForm<string>>, key = 'thing'): CatalogForm => ({
  defaultPlan: 'free',
  plans,
  features: { [key]: { ...flag, ...wish } },
});
const withAllowance = (wish: Partial<FeatureForm<string>>): CatalogForm =>
  withFeature({ kind: 'capacity', ...wish });

describe('readCatalogForm refuses', () => {
  it.each<[string, CatalogForm, RegExp]>([
    ['a default plan that does not exist', { ...withPlans({}), defaultPlan: 'none' }, /default plan "none"/],
    ['two plans of one rank', withPlans({ gold: { name: 'Gold', rank: 1 } }), /share a rank/],
    ['a broken rank', withPlans({ gold: { name: 'Gold', rank: 1.5 } }), /plan "gold" needs a whole rank/],
    ['a rank that is no number', withPlans({ gold: { name: 'Gold', rank: Number.NaN } }), /whole rank/],
    ['half a grace day', withPlans({ gold: { name: 'G', rank: 2, graceDays: 0.5 } }), /whole grace days/],
    ['negative grace days', withPlans({ gold: { name: 'G', rank: 2, graceDays: -1 } }), /grace days/],
    ['a plan key in capitals', withPlans({ Gold: { name: 'G', rank: 2 } }), /"Gold" is not a plan key/],
    ['an empty plan key', withPlans({ '': { name: 'G', rank: 2 } }), /not a plan key/],
    ['an endless plan key', withPlans({ ['g'.repeat(64)]: { name: 'G', rank: 2 } }), /not a plan key/],
    ['a feature key with a space', withFeature({}, 'a b'), /"a b" is not a feature key/],
    ['a feature key that begins with a digit', withFeature({}, '1a'), /not a feature key/],
    ['a quota without a window', withFeature({ kind: 'quota' }), /a quota, and only a quota/],
    ['a window without a quota', withFeature({ kind: 'capacity', window: 'day' }), /only a quota/],
    ['an allowance of an unknown plan', withFeature({ allowances: { gold: true } }), /unknown plan "gold"/],
    ['a flag with a limit', withFeature({ allowances: { pro: 3 } }), /is a flag and has no limit/],
    ['a limited feature without a limit', withAllowance({ allowances: { pro: true } }), /needs a limit/],
    ['half a limit', withAllowance({ allowances: { pro: 1.5 } }), /a limit is a whole number/],
    ['a limit below unlimited', withAllowance({ allowances: { pro: -2 } }), /a limit is a whole number/],
    ['an inexact limit', withAllowance({ allowances: { pro: 2 ** 53 } }), /a limit is a whole number/],
    ['an infinite limit', withAllowance({ allowances: { pro: Infinity } }), /-1 for unlimited/],
    ['less than nobody', withFeature({ rollout: { percent: -1 } }), /between 0 and 100/],
    ['more than everybody', withFeature({ rollout: { percent: 100.01 } }), /between 0 and 100/],
    ['a percent that is no number', withFeature({ rollout: { percent: Number.NaN } }), /between 0 and 100/],
  ])('%s', (_name, form, why) => {
    expect(() => readCatalogForm(form, 1)).toThrow(why);
    expect(() => readCatalogForm(form, 1)).toThrow(expect.objectContaining({ code: 'catalog_invalid' }));
  });
});

describe('readCatalogForm', () => {
  it('fills in what a short form leaves out', () => {
    const catalog = readCatalogForm(withFeature({ allowances: { pro: true } }), 7);
    expect(catalog.version).toBe(7);
    expect(catalog.plans.get('pro')).toEqual({
      key: 'pro',
      name: 'Pro',
      rank: 1,
      graceDays: 0,
      perSeat: false,
    });
    expect(catalog.features.get('thing')).toEqual({
      key: 'thing',
      name: 'Flag',
      kind: 'flag',
      enabled: true,
      countedBy: 'owner',
      window: null,
      rollout: null,
      rates: [],
      overLimit: 'block_new',
      allowances: new Map([['pro', { limit: null, overage: 'deny' }]]),
    });
  });

  it('starts a rollout that names no percent with nobody', () => {
    const { rollout } = readCatalogForm(withFeature({ rollout: {} }), 1).features.get('thing')!;
    expect(rollout).toEqual({ percent: 0, subject: 'owner', include: {}, exclude: {}, percentByPlan: {} });
  });

  it('keeps zero, unlimited and overage apart', () => {
    const allowances = { free: 0, pro: { limit: -1, overage: 'allow' as const } };
    const feature = readCatalogForm(withAllowance({ allowances }), 1).features.get('thing')!;
    expect(feature.allowances).toEqual(
      new Map([
        ['free', { limit: 0n, overage: 'deny' }],
        ['pro', { limit: -1n, overage: 'allow' }],
      ]),
    );
  });
});
