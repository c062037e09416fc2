/** Where an assignment comes from. */
export type AssignmentSource = 'subscription' | 'lifetime' | 'staff' | 'trial';

/** Why a plan that was held no longer is. */
export type LapsedWord = 'payment_past_due' | 'canceled' | 'trial_ended' | 'paused' | 'expired';

/** An owner holds a plan over `[from, to)`. Written by billing, read by decisions; says all that they need. */
export interface Assignment {
  readonly id: string;
  readonly ownerId: string;
  readonly plan: string;
  readonly source: AssignmentSource;
  readonly from: Date;
  /** Exclusive; null for no end. In grace it is the end of the grace period. */
  readonly to: Date | null;
  /** Since when access is kept only by grace; null outside grace. */
  readonly graceSince: Date | null;
  /** The word to say once `to` has passed; null when the end needs no word (the plan was replaced). */
  readonly lapsed: LapsedWord | null;
  /** Where the owner's billing periods are counted from; null until first paid. */
  readonly billingAnchor: Date | null;
  /** When the anchor came into force; null when it never moved. */
  readonly anchorSince: Date | null;
  /** The anchor before; null: the owner's creation. */
  readonly anchorBefore: Date | null;
  /** Pins the assignment to one catalog version; null follows the current one. */
  readonly catalogVersion: number | null;
}
