import { windowAt } from '@tollgate/usage';
import type { ProviderSubscription } from '../providers/provider-subscription.js';

/** How far a provider's instants of one and the same edge may lie apart. */
const TOLERANCE_MS = 60_000;

/** What an anchor is found from. */
export type AnchorFacts = Pick<
  ProviderSubscription,
  'billingAnchor' | 'startedAt' | 'trialEnd' | 'status' | 'currentPeriodStart' | 'interval'
>;

/**
 * From when a subscription's billing periods are counted: from the provider's anchor where it tells one. Where it does not,
 * from the first payment (after a trial: its end) for as long as periods begin on that anchor's days; one that does not was
 * begun anew (by a resume, by another interval), and moves the anchor to its start.
 *
 * @param before the anchor as it was found last, null for a subscription that is new
 */
export function billingAnchorOf(facts: AnchorFacts, before: Date | null): Date | null {
  const { billingAnchor, startedAt, trialEnd, status, currentPeriodStart: start, interval } = facts;
  if (billingAnchor !== null) return billingAnchor;
  if (status === 'trialing') return trialEnd ?? startedAt;
  const anchor = before ?? trialEnd ?? startedAt;
  // Periods that are no months of ours (a week, a quarter) tell nothing about the day of the month.
  if (start === null || interval === null || (anchor !== null && isCountedFrom(anchor, start))) return anchor;
  return start;
}

function isCountedFrom(anchor: Date, start: Date): boolean {
  const justAfter = new Date(start.getTime() + TOLERANCE_MS);
  const nearest = windowAt('billing_period', { at: anchor, moved: null }, justAfter).start;
  return nearest.getTime() >= start.getTime() - TOLERANCE_MS;
}
