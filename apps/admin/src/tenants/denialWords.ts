import type { DenialReason, LapsedWord } from '../api/staff-api.js';
import { lapsedWords } from './lapsedWords.js';

const words: Record<DenialReason, string> = {
  unauthenticated: 'Not signed in',
  owner_unresolved: 'Nobody was found who pays for it',
  feature_unknown: 'The catalog does not know this feature',
  feature_disabled: 'Switched off for everybody',
  plan_required: 'Not included in this plan',
  subscription_lapsed: 'Was included, but the subscription lapsed',
  not_rolled_out: 'Not rolled out to this tenant yet',
  rate_limited: 'Too many calls in a short time',
  quota_exceeded: 'Used up until the window resets',
  capacity_reached: 'All places are taken',
  over_limit: 'Over the limit, as after a downgrade',
  ceiling_exceeded: 'Larger than this plan allows',
  seat_limit: 'No free seat',
  unavailable: 'Could not be decided: the store is down',
};

/** Why a feature is denied, as support would say it. */
export function denialWords(reason: DenialReason | null, lapsed: LapsedWord | null = null): string {
  if (reason === 'subscription_lapsed' && lapsed) return lapsedWords(lapsed);
  return reason ? (words[reason] ?? reason) : 'Denied';
}
