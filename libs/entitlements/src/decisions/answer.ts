import type { Allowed, Denied, DenialReason } from './decision.js';
import { denialMessage } from './denial-message.js';
import type { Granting, Refusing } from './verdict.js';

/** The answer yes to an owner; a fresh object, which the limit layer may add to. */
export function allowedBy({ feature, plan, source, limit, inGrace }: Granting, ownerId: string): Allowed {
  const answer: Allowed = { allowed: true, feature: feature.key, ownerId, plan, source, limit };
  return inGrace ? { ...answer, inGrace } : answer;
}

/**
 * The answer no of layers three and four; `upgradeUrl` is told when a plan would cure it. The two shapes that nearly
 * all denials have are literals: put together from optional parts, a denial cost twice what deciding it did.
 */
export function refusedBy(verdict: Refusing, ownerId: string, upgradeUrl: string | null): Denied {
  const { feature, reason, message, plan, requiredPlans, lapsed } = verdict;
  const isCurable = requiredPlans !== null && requiredPlans.length > 0 && upgradeUrl !== null;
  if (isCurable && plan !== null && lapsed === null)
    return { allowed: false, feature, ownerId, plan, reason, message, requiredPlans, upgradeUrl };
  if (plan === null && requiredPlans === null && lapsed === null)
    return { allowed: false, feature, ownerId, reason, message };
  return {
    allowed: false,
    feature,
    ownerId,
    ...(plan !== null && { plan }),
    reason,
    message,
    ...(requiredPlans !== null && { requiredPlans }),
    ...(isCurable && { upgradeUrl }),
    ...(lapsed !== null && { lapsed }),
  };
}

/** The answer no of a layer that knows what the plan gives. */
export function deniedWithin({ feature, plan }: Granting, ownerId: string, reason: DenialReason): Denied {
  return { allowed: false, feature: feature.key, ownerId, plan, reason, message: denialMessage(reason) };
}

/** The answer no of the first two layers. */
export function deniedToNobody(feature: string, reason: 'unauthenticated' | 'owner_unresolved'): Denied {
  return { allowed: false, feature, reason, message: denialMessage(reason) };
}
