import type { SubscriptionStatus } from '../providers/provider-subscription.js';

/** What the choice looks at. */
export interface Candidate {
  readonly id: string;
  readonly status: SubscriptionStatus;
  readonly plan: string;
  readonly startedAt: Date | null;
}

/** How much a status is worth: one that gives access, one that may come back, one that is over. */
function worth(status: SubscriptionStatus): number {
  switch (status) {
    case 'trialing':
    case 'active':
    case 'past_due':
      return 2;
    case 'unpaid':
    case 'paused':
    case 'incomplete':
      return 1;
    case 'canceled':
    case 'incomplete_expired':
      return 0;
  }
}

/**
 * Which of an owner's provider subscriptions counts: one that gives access before one that does not, then the
 * higher plan rank, then the newer. Their limits never add up. Null when all are over.
 */
export function chooseSubscription<T extends Candidate>(
  candidates: readonly T[],
  rankOf: (plan: string) => number,
): T | null {
  const living = candidates.filter((candidate) => worth(candidate.status) > 0);
  const [best] = living.toSorted(
    (one, other) =>
      worth(other.status) - worth(one.status) ||
      rankOf(other.plan) - rankOf(one.plan) ||
      (other.startedAt?.getTime() ?? 0) - (one.startedAt?.getTime() ?? 0) ||
      other.id.localeCompare(one.id),
  );
  return best ?? null;
}
