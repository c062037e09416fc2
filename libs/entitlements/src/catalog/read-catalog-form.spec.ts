import { describe, expect, it } from '@jest/globals';
import type { Feature } from './catalog.js';
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
    [
      'a broken rank',
      withPlans({ gold: { name: 'Gold', rank: 1.5 } }),
      /plans.gold.rank: this needs a whole rank/,
    ],
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
    ['a charge of what is not counted', withFeature({ chargeOn: 'attempt' }), /is not a quota/],
    ['a fail policy of no time', withFeature({ failPolicy: { lastKnownSeconds: 0 } }), /1 to 300/],
    ['a fail policy of too much time', withFeature({ failPolicy: { lastKnownSeconds: 301 } }), /1 to 300/],
    ['a fail policy of half a second', withFeature({ failPolicy: { lastKnownSeconds: 0.5 } }), /1 to 300/],
    [
      'overage of things',
      withAllowance({ allowances: { pro: { limit: 1, overage: 'allow' } } }),
      /only a quota/,
    ],
    ['a place of counting for a flag', withFeature({ countedBy: 'owner' }), /only a capacity/],
    ['an endless name', withFeature({ name: 'n'.repeat(201) }), /1 to 200/],
    ['a blank name', withPlans({ gold: { name: ' ', rank: 2 } }), /plans.gold.name/],
    ['a rank that no column holds', withPlans({ gold: { name: 'G', rank: 2 ** 31 } }), /whole rank/],
    ['a limit beyond 2^63-1', withAllowance({ allowances: { pro: '9223372036854775808' } }), /2\^63-1/],
    ['a limit with a plus', withAllowance({ allowances: { pro: '+1' } }), /a limit is/],
    ['a limit with leading zeros', withAllowance({ allowances: { pro: '007' } }), /a limit is/],
    ['a limit in another base', withAllowance({ allowances: { pro: '0x10' } }), /a limit is/],
    ['a limit that is no text at all', withAllowance({ allowances: { pro: '' } }), /a limit is/],
    ['a percent of three decimals', withFeature({ rollout: { percent: 0.125 } }), /two decimals/],
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
      failPolicy: { kind: 'last_known', seconds: 300 },
      chargeOn: 'success',
      allowances: new Map([['pro', { limit: null, overage: 'deny' }]]),
    });
  });

  it('reads limits up to 2^63-1, those that are no exact number as text', () => {
    const allowances = { free: '42', pro: '9223372036854775807' };
    const feature = readCatalogForm(withAllowance({ allowances }), 1).features.get('thing')!;
    expect([...feature.allowances.values()].map(({ limit }) => limit)).toEqual([42n, 2n ** 63n - 1n]);
  });

  it('takes percents of two decimals', () => {
    const { rollout } = readCatalogForm(withFeature({ rollout: { percent: 33.33 } }), 1).features.get(
      'thing',
    )!;
    expect(rollout?.percent).toBe(33.33);
  });

  it('starts a rollout that names no percent with nobody', () => {
    const { rollout } = readCatalogForm(withFeature({ rollout: {} }), 1).features.get('thing')!;
    expect(rollout).toEqual({ percent: 0, subject: 'owner', include: {}, exclude: {}, percentByPlan: {} });
  });

  it.each<[Partial<FeatureForm<string>>, Feature['failPolicy']]>([
    [{ kind: 'flag' }, { kind: 'last_known', seconds: 300 }],
    [{ kind: 'flag', failPolicy: 'closed' }, { kind: 'closed' }],
    [
      { kind: 'flag', failPolicy: { lastKnownSeconds: 30 } },
      { kind: 'last_known', seconds: 30 },
    ],
    [{ kind: 'quota', window: 'day' }, { kind: 'closed' }],
    [{ kind: 'capacity' }, { kind: 'closed' }],
    [{ kind: 'ceiling' }, { kind: 'closed' }],
    [
      { kind: 'ceiling', failPolicy: { lastKnownSeconds: 60 } },
      { kind: 'last_known', seconds: 60 },
    ],
  ])('reads the fail policy of %j', (wish, failPolicy) => {
    expect(readCatalogForm(withFeature(wish), 1).features.get('thing')!.failPolicy).toEqual(failPolicy);
  });

  it('charges a quota by success unless it says attempt', () => {
    const chargeOf = (wish: Partial<FeatureForm<string>>) =>
      readCatalogForm(withFeature({ kind: 'quota', window: 'day', ...wish }), 1).features.get('thing')!
        .chargeOn;
    expect([chargeOf({}), chargeOf({ chargeOn: 'attempt' })]).toEqual(['success', 'attempt']);
  });

  it('keeps zero, unlimited and overage apart', () => {
    const allowances = { free: 0, pro: { limit: -1, overage: 'allow' as const } };
    const quota = { kind: 'quota', window: 'day', allowances } as const;
    const feature = readCatalogForm(withFeature(quota), 1).features.get('thing')!;
    expect(feature.allowances).toEqual(
      new Map([
        ['free', { limit: 0n, overage: 'deny' }],
        ['pro', { limit: -1n, overage: 'allow' }],
      ]),
    );
  });
});
