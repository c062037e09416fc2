import type { AccessContext } from '../access/access-context.js';
import type { DecisionMaker } from '../decisions/decision-maker.service.js';
import type { Decision, Denied, DenialReason } from '../decisions/decision.js';
import { denialMessage } from '../decisions/denial-message.js';
import type { Standing } from '../decisions/limit-layer.js';
import type { Innards } from './create-test-entitlements.js';
import type { PublicOf } from './test-entitlements.js';
import type { TestFeatures } from './test-features.js';

/** What guards ask: the first two layers as ever, the others as the test says. */
export function testDecisionMaker({ features, note }: Innards): PublicOf<DecisionMaker> {
  const noted = (context: AccessContext, feature: string): void =>
    note({ method: 'gate', feature, ownerId: context.owner?.ownerId ?? null });
  return {
    feature: (key) => features.feature(key, 'capacity'),
    decide: (context, key, standing) => {
      noted(context, key);
      return decideAs(features, context, key, standing);
    },
    decideWithStanding: async (context, key) => {
      noted(context, key);
      return decideAs(features, context, key, { used: features.used(key) });
    },
  };
}

function decideAs(
  features: TestFeatures,
  { principal, owner }: AccessContext,
  key: string,
  standing?: Standing,
): Decision {
  if (!principal) return denied(key, 'unauthenticated');
  if (!owner) return denied(key, 'owner_unresolved');
  return features.decide(features.feature(key, 'capacity'), owner.ownerId, standing);
}

function denied(feature: string, reason: DenialReason): Denied {
  return { allowed: false, feature, reason, message: denialMessage(reason) };
}
