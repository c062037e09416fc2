import type { Decision, DenialReason } from './decision.js';
import { type Layer, type LayerOutcome, LAYERS } from './layer.js';

/** The layer that speaks each reason. */
function layerOf(reason: DenialReason): Layer {
  switch (reason) {
    case 'unauthenticated':
      return 'principal';
    case 'owner_unresolved':
      return 'owner';
    case 'feature_unknown':
    case 'feature_disabled':
      return 'feature';
    case 'plan_required':
    case 'subscription_lapsed':
      return 'plan';
    case 'not_rolled_out':
      return 'rollout';
    case 'rate_limited':
      return 'rate';
    case 'quota_exceeded':
    case 'capacity_reached':
    case 'over_limit':
    case 'ceiling_exceeded':
    case 'seat_limit':
    case 'unavailable':
      return 'limit';
  }
}

const refusingLayer = (reason: DenialReason, away: Layer): Layer =>
  reason === 'unavailable' ? away : layerOf(reason);

/**
 * All seven layers of a decision; `asked` says which of the last two were asked at all. `unavailable` is spoken by whichever
 * layer could not be asked: `away` names it.
 */
export function traceOf(
  decision: Decision,
  asked: { readonly rate: boolean; readonly limit: boolean },
  away: Layer = 'limit',
): LayerOutcome[] {
  const refusing = decision.allowed ? LAYERS.length : LAYERS.indexOf(refusingLayer(decision.reason, away));
  return LAYERS.map((layer, index) => {
    if (index === refusing) return { layer, outcome: 'refused' };
    const isAsked = (layer !== 'rate' || asked.rate) && (layer !== 'limit' || asked.limit);
    return { layer, outcome: index < refusing && isAsked ? 'passed' : 'not_evaluated' };
  });
}
