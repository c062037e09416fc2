import { MOST_SEATS, type SnapshotProblem } from './provider-subscription.js';
import { asCount } from './tolerant-reader.js';

/** A number of seats that can be stored; otherwise null. */
export function asSeats(value: unknown): number | null {
  const seats = asCount(value);
  return seats === null || seats > MOST_SEATS ? null : seats;
}

/**
 * What makes a subscription as told unusable: a number of seats or an amount (minor units) that is there but is no
 * integer in range. Such a subscription must be seen by somebody; guessing one seat, or no price, would hide it.
 */
export function findProblem(told: { seats: unknown; amount: unknown }): SnapshotProblem | null {
  if (isTold(told.seats) && asSeats(told.seats) === null) return 'seats_out_of_range';
  return isTold(told.amount) && asCount(told.amount) === null ? 'amount_out_of_range' : null;
}

function isTold(value: unknown): boolean {
  return value !== undefined && value !== null;
}
