import type { BillingInterval } from '../providers/payment-provider.js';
import type { ChangeTime } from '../providers/provider-changes.js';

/** What is held or wanted: the plan's rank, how often it is paid, and how many seats (null: not by the seat). */
export interface Holding {
  readonly rank: number;
  readonly interval: BillingInterval;
  readonly seats: number | null;
}

/**
 * When a change takes place: more of anything at once, less at the end of what is paid for, null when nothing changes.
 * The plan decides before the interval, the interval before the seats.
 */
export function changeTiming(held: Holding, wanted: Holding): ChangeTime | null {
  if (wanted.rank !== held.rank) return wanted.rank > held.rank ? 'now' : 'period_end';
  if (wanted.interval !== held.interval) return wanted.interval === 'year' ? 'now' : 'period_end';
  const more = (wanted.seats ?? 0) - (held.seats ?? 0);
  if (more === 0 || wanted.seats === null) return null;
  return more > 0 ? 'now' : 'period_end';
}
