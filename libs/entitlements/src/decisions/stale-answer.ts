import type { FailPolicy } from '../catalog/catalog.js';
import type { Decision, Denied } from './decision.js';
import { denialMessage } from './denial-message.js';

/** After so many whole seconds it is worth asking again. */
export const RETRY_AFTER_SECONDS = 5;

/** The answer no while nobody can say. */
export function unavailable(feature: string, ownerId?: string): Denied {
  const reason = 'unavailable';
  const about = { feature, ...(ownerId !== undefined && { ownerId }) };
  return {
    allowed: false,
    ...about,
    reason,
    message: denialMessage(reason),
    retryAfter: RETRY_AFTER_SECONDS,
  };
}

/**
 * What to answer from a snapshot that cannot be confirmed: a yes of a feature whose fail policy bears its age, marked
 * as stale; a no as it is, because the snapshot may only be behind; anything else is unavailable.
 *
 * @param ageMs real milliseconds since the snapshot was last known to be true
 */
export function staleAnswer(
  decision: Decision,
  policy: FailPolicy | null,
  ageMs: number,
  asOf: Date,
): Decision {
  const bears = policy?.kind === 'last_known' && ageMs <= policy.seconds * 1_000;
  if (!bears) return unavailable(decision.feature, decision.ownerId);
  return { ...decision, stale: true, asOf: asOf.toISOString() };
}
