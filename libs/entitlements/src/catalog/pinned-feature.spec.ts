import { describe, expect, it } from '@jest/globals';
import type { Feature } from './catalog.js';
import type { FeatureForm } from './define-catalog.js';
import { pinnedFeature } from './pinned-feature.js';
import { readCatalogForm } from './read-catalog-form.js';

const catalogWith = (features: Readonly<Record<string, FeatureForm<string>>>, version = 1) =>
  readCatalogForm(
    {
      defaultPlan: 'free',
      plans: { free: { name: 'Free', rank: 0 }, pro: { name: 'Pro', rank: 1 } },
      features,
    },
    version,
  );
const sold: FeatureForm<string> = {
  name: 'Export',
  kind: 'quota',
  window: 'day',
  rollout: { percent: 5 },
  allowances: { pro: 50 },
};
const today: FeatureForm<string> = {
  name: 'Export, renewed',
  kind: 'quota',
  window: 'month',
  enabled: false,
  rates: [{ limit: 1, perSeconds: 60, by: 'user' }],
  allowances: { free: 1, pro: 10 },
};
const current = (form: FeatureForm<string>): Feature =>
  catalogWith({ export: form }, 2).features.get('export')!;

describe('a feature as a pinned assignment has it', () => {
  it('gives what was sold, in the window in which it was sold', () => {
    expect(pinnedFeature(current(today), catalogWith({ export: sold }))).toMatchObject({
      window: 'day',
      allowances: new Map([['pro', { limit: 50n, overage: 'deny' }]]),
    });
  });

  it('is operated as everybody’s: kill switch, rates and rollout are the current ones', () => {
    expect(pinnedFeature(current(today), catalogWith({ export: sold }))).toMatchObject({
      name: 'Export, renewed',
      enabled: false,
      rollout: null,
      rates: [{ limit: 1, perSeconds: 60, by: 'user' }],
    });
  });

  it('is in no plan when it was not sold then, or was another thing', () => {
    const flag: FeatureForm<string> = { name: 'Export', kind: 'flag', allowances: { pro: true } };
    for (const pinned of [catalogWith({}), catalogWith({ export: flag })]) {
      expect(pinnedFeature(current(today), pinned).allowances.size).toBe(0);
    }
  });
});
