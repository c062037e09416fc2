import type { DenialReason } from './decision.js';

/** The sentence for people that goes with a reason. */
export function denialMessage(reason: DenialReason): string {
  switch (reason) {
    case 'unauthenticated':
      return 'Sign in to use this';
    case 'owner_unresolved':
      return 'Nobody could be found who pays for this';
    case 'feature_unknown':
      return 'This feature does not exist';
    case 'feature_disabled':
      return 'This feature is switched off at the moment';
    case 'plan_required':
      return 'This feature requires a paid plan';
    case 'subscription_lapsed':
      return 'The subscription that included this feature is no longer in force';
    case 'not_rolled_out':
      return 'This feature is not yet available';
    case 'rate_limited':
      return 'Too many requests in a short time';
    case 'quota_exceeded':
      return 'Not enough is left of the quota of this period';
    case 'capacity_reached':
      return 'The limit of this plan is reached';
    case 'over_limit':
      return 'There are more than this plan allows';
    case 'ceiling_exceeded':
      return 'This is larger than the plan allows';
    case 'seat_limit':
      return 'All seats of this plan are taken';
    case 'unavailable':
      return 'This cannot be decided right now';
  }
}
