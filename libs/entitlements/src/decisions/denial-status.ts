import type { DenialReason } from './decision.js';

/** The HTTP status with which a guard answers a reason. */
export function denialStatus(reason: DenialReason): 401 | 403 | 429 | 503 {
  switch (reason) {
    case 'unauthenticated':
      return 401;
    case 'rate_limited':
    case 'quota_exceeded':
      return 429;
    case 'unavailable':
      return 503;
    case 'owner_unresolved':
    case 'feature_unknown':
    case 'feature_disabled':
    case 'plan_required':
    case 'subscription_lapsed':
    case 'not_rolled_out':
    case 'capacity_reached':
    case 'over_limit':
    case 'ceiling_exceeded':
    case 'seat_limit':
      return 403;
  }
}
