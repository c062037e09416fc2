/** The running period and the instant inside it at which something changes, all in one unit (ms or s). */
export interface ProrationWindow {
  start: number;
  end: number;
  at: number;
}

/**
 * What an amount for a whole period is worth from the instant to the period's end: `amount × (end − at) / (end − start)`,
 * in minor units, halves rounded away from zero. Exact integers throughout, as both providers bill by the second.
 * Nothing is left after the end, and never more than the whole amount.
 */
export function remainingValue(amount: number, { start, end, at }: ProrationWindow): number {
  if (end <= start || at >= end) return 0;
  if (at <= start) return amount;
  const whole = BigInt(end - start);
  const magnitude = BigInt(Math.abs(amount)) * BigInt(end - at);
  const rounded = Number((2n * magnitude + whole) / (2n * whole));
  return amount < 0 ? -rounded : rounded;
}

/** The two halves of a change in mid-period: what the old terms give back, and what the new ones cost. */
export interface ProratedChange {
  /** Zero or negative, minor units. */
  credit: number;
  /** Zero or positive, minor units. */
  debit: number;
}

/** A change from one amount per period to another, both for the rest of the running period. */
export function prorateChange(before: number, after: number, window: ProrationWindow): ProratedChange {
  // 0 - x rather than -x: a credit of nothing is 0, not -0.
  return { credit: 0 - remainingValue(before, window), debit: remainingValue(after, window) };
}
