import { type CapacityCounters, UNLIMITED } from '@tollgate/usage';
import type { PublicOf } from './test-entitlements.js';
import type { TestFeatures } from './test-features.js';
import { onRollback } from './test-transactions.js';

/** Stands for `CapacityCounters` in memory: one count per feature, whoever and wherever. */
export function testCounters(features: TestFeatures): PublicOf<CapacityCounters> {
  return {
    take: async (tx, _place, { feature, limit }) => {
      const used = features.used(feature);
      if (limit !== UNLIMITED && used >= limit) return { taken: false, used };
      features.add(feature, 1n);
      onRollback(tx, () => features.add(feature, -1n));
      return { taken: true, used };
    },
    giveBack: async (tx, _place, feature) => {
      if (features.used(feature) === 0n) return;
      features.add(feature, -1n);
      onRollback(tx, () => features.add(feature, 1n));
    },
    used: async (_reader, _place, { feature }) => features.used(feature),
  };
}
