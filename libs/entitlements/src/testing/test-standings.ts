import type { Standings } from '../decisions/standings.service.js';
import type { PublicOf } from './test-entitlements.js';
import type { TestFeatures } from './test-features.js';

/** Stands for `Standings`: what the test says is used, whoever and wherever. */
export function testStandings(features: TestFeatures): PublicOf<Standings> {
  return {
    ofMany: async (wanted) =>
      wanted.map(({ feature, requested }) => {
        if (feature.kind === 'flag') return undefined;
        return { used: feature.kind === 'ceiling' ? 0n : features.used(feature.key), requested };
      }),
  };
}
