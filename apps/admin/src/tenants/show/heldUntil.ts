import type { Assignment, Subscription } from '../../api/staff-api.js';

/** How a plan's time ends, in the words that stand before the instant. */
export interface HeldUntil {
  words: 'to' | 'renews' | 'trial ends' | 'pauses';
  at: string | null;
}

type Known = Pick<Subscription, 'status' | 'cancelAt' | 'trialEnd' | 'currentPeriodEnd' | 'pause'>;

/**
 * How long a plan is held as people mean it. An assignment that goes on carries a day more than was paid for, in case
 * the provider cannot be asked at the edge; that day is nobody's end, so the edge itself is said.
 */
export function heldUntil(assignment: Assignment, subscription: Known | null): HeldUntil {
  const asItStands: HeldUntil = { words: 'to', at: assignment.to };
  if (!subscription || !goesOn(assignment, subscription)) return asItStands;
  const { status, trialEnd, currentPeriodEnd, pause } = subscription;
  if (status === 'trialing') return { words: 'trial ends', at: trialEnd };
  return pause
    ? { words: 'pauses', at: pause.beginsAt ?? currentPeriodEnd }
    : { words: 'renews', at: currentPeriodEnd };
}

/** Whether an assignment is the one that a live subscription carries past its edge. */
function goesOn(
  { source, to }: Assignment,
  { status, cancelAt, trialEnd, currentPeriodEnd }: Known,
): boolean {
  const edge = status === 'trialing' ? trialEnd : currentPeriodEnd;
  return (
    (source === 'subscription' || source === 'trial') &&
    (status === 'active' || status === 'trialing') &&
    cancelAt === null &&
    edge !== null &&
    to !== null &&
    Date.parse(to) > Date.parse(edge)
  );
}
