import type { BillingAnchor } from '@tollgate/usage';
import type { Assignment } from './assignment.js';

/** Where an assignment's billing periods are counted from, and what that replaced. */
export type AssignmentAnchor = Pick<Assignment, 'billingAnchor' | 'anchorSince' | 'anchorBefore'>;

/** As if nothing had ever been paid. */
const NEVER_PAID: AssignmentAnchor = { billingAnchor: null, anchorSince: null, anchorBefore: null };

/**
 * The anchor that counts at an instant: that of the newest assignment which has one. It stays the owner's after the
 * plan has ended, so that windows of the default plan go on undisturbed.
 */
export function anchorInForce(assignments: readonly Assignment[], at: Date): AssignmentAnchor {
  let newest: Assignment | null = null;
  for (const assignment of assignments) {
    if (assignment.billingAnchor === null || assignment.from > at) continue;
    if (newest === null || assignment.from > newest.from) newest = assignment;
  }
  return newest ?? NEVER_PAID;
}

/** Where an owner's billing periods are counted from: the provider's anchor, or its creation until first paid. */
export function billingAnchorOf(created: Date, anchor: AssignmentAnchor): BillingAnchor {
  const { billingAnchor, anchorSince, anchorBefore } = anchor;
  if (billingAnchor === null) return { at: created, moved: null };
  return { at: billingAnchor, moved: anchorSince && { since: anchorSince, before: anchorBefore ?? created } };
}

/**
 * What to write when billing says the anchor is `wanted`: the same one keeps its history, another one has moved at
 * `at`. Null means that billing knows of none: then nothing moves.
 */
export function anchorAfter(current: AssignmentAnchor, wanted: Date | null, at: Date): AssignmentAnchor {
  if (wanted === null || wanted.getTime() === current.billingAnchor?.getTime()) {
    return {
      billingAnchor: wanted,
      anchorSince: wanted === null ? null : current.anchorSince,
      anchorBefore: wanted === null ? null : current.anchorBefore,
    };
  }
  return { billingAnchor: wanted, anchorSince: at, anchorBefore: current.billingAnchor };
}
