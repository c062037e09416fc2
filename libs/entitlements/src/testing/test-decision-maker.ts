import type { AccessContext } from '../access/access-context.js';
import type { FeatureKind } from '../catalog/catalog.js';
import { deniedToNobody } from '../decisions/answer.js';
import type { DecisionMaker } from '../decisions/decision-maker.service.js';
import type { Decision } from '../decisions/decision.js';
import type { PublicOf, TestCall } from './test-entitlements.js';
import type { TestFeatures } from './test-features.js';

/** What gates ask: the first two layers as ever, the others as the test says; `kind` of features that do not say theirs. */
export function testDecisionMaker(
  features: TestFeatures,
  note: (call: TestCall) => void,
  kind: Exclude<FeatureKind, 'flag'> = 'quota',
): PublicOf<DecisionMaker> {
  const answerBy = ({ principal, owner }: AccessContext, key: string): Decision => {
    if (!principal) return deniedToNobody(key, 'unauthenticated');
    if (!owner) return deniedToNobody(key, 'owner_unresolved');
    return features.decide(key, owner.ownerId);
  };
  return {
    feature: (key) => features.feature(key, kind),
    features: () => features.keys,
    // Every question is to be heard, so none is answered in passing.
    now: () => null,
    decide: async (context, key) => {
      note({ method: 'gate', feature: key, ownerId: context.owner?.ownerId ?? null });
      return answerBy(context, key);
    },
    believable: async (context) => context,
    answerBy,
    granting: (_, key) => features.granting(key, kind),
  };
}
