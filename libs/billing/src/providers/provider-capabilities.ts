import type { Proration } from './provider-changes.js';

/**
 * In what providers differ, as values: a caller asks these, never for a name. Everything else of the port is the same
 * with every provider.
 */
export interface ProviderCapabilities {
  /**
   * Who keeps a change until the period ends: the provider (`changePlan` and `setSeats` take `when: 'period_end'`), or
   * we, by a pending change of our own that is sent with `when: 'now'` at the edge.
   */
  readonly changeAtPeriodEnd: 'provider' | 'ours';
  /** How a change that takes place now may be charged. */
  readonly prorations: readonly Proration[];
  /** Whether plan and seats may change while a cancel is scheduled; if not, the cancel is undone first. */
  readonly changesWhileCanceling: boolean;
  /** Whether a plan that is priced per seat can be changed to one that is not; if not, it has to end first. */
  readonly leavesSeatPricing: boolean;
  /** Whether a subscription can be created without a hosted page; if not, `createSubscription` is refused. */
  readonly directSubscriptions: boolean;
  /** Whether an open checkout can be closed before it expires. */
  readonly closesCheckouts: boolean;
  /** Whether a preview comes from the provider or is computed by us. */
  readonly previews: 'exact' | 'estimated';
  /** When `pause` takes effect. */
  readonly pauses: 'now' | 'period_end';
  /** Whether a pause can be given an end; if not, whoever pauses also resumes. */
  readonly resumesByItself: boolean;
  /** Hours for which a usage report with the same id counts once; null for ever. */
  readonly usageDedupeHours: number | null;
}
