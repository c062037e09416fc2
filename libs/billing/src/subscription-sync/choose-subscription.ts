import type { SubscriptionStatus } from '../providers/provider-subscription.js';

/** What the choice looks at. */
export interface Candidate {
  readonly id: string;
  readonly status: SubscriptionStatus;
  readonly plan: string;
  readonly startedAt: Date | null;
  readonly cancelAt: Date | null;
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
 * higher plan rank, then the newer, then one that goes on before one that is cancelled. Their limits never add up. Null when all are over.
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
      startedSecond(other) - startedSecond(one) ||
      Number(one.cancelAt !== null) - Number(other.cancelAt !== null) ||
      other.id.localeCompare(one.id),
  );
  return best ?? null;
}

/** Whole seconds: one provider tells no finer time, and within a second nothing is newer. */
function startedSecond({ startedAt }: Candidate): number {
  return Math.floor((startedAt?.getTime() ?? 0) / 1000);
}
