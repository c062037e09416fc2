/** One quantity of use for the provider's meter. */
export interface UsageReport {
  /** Stable: the same use has the same id in every retry. */
  readonly id: string;
  /** The provider's name of the meter's events. */
  readonly meter: string;
  readonly customerId: string;
  /** Units, > 0. */
  readonly quantity: bigint;
  readonly at: Date;
}

/**
 * What became of one report. `duplicate` and `accepted` are counted once; `unknown` may have been counted (a retry with
 * the same id within the provider's dedupe window is safe, later it is not); `not_sent` was certainly not counted;
 * `refused` never will be.
 */
export type UsageOutcome = 'accepted' | 'duplicate' | 'unknown' | 'not_sent' | 'refused';

/** Answer to one report; `reason` is a stable word for staff, with `unknown`, `not_sent` and `refused`. */
export interface UsageReceipt {
  readonly id: string;
  readonly outcome: UsageOutcome;
  readonly reason: string | null;
}
