import { ConflictError, InvalidRequestError, UnavailableError } from '@tollgate/kernel';

/** The key was used before, for other features or quantities. */
export const idempotencyMismatch = (): ConflictError =>
  new ConflictError('idempotency_mismatch', 'This idempotency key was used for another request');

/** Counting the units would pass the largest number that can be stored. */
export const quantityOverflow = (feature: string): InvalidRequestError =>
  new InvalidRequestError('quantity_overflow', 'The count would become too large', { feature });

/** Units cannot be counted now, so none may be used. */
export const usageUnavailable = (cause?: unknown): UnavailableError =>
  new UnavailableError('usage_unavailable', 'Usage cannot be counted right now', 2, { cause });

/** Somebody made the same rows meanwhile; run again, the transaction sees them. Postgres’ word for that is its code. */
export class CountedMeanwhileError extends Error {
  readonly code = '40001';

  constructor() {
    super('the same window or key was written meanwhile');
  }
}

/** The key belongs to a reservation that has expired: end that one, then count anew. */
export class ExpiredGrantInTheWay extends Error {
  constructor(readonly grantId: string) {
    super('the key is still held by a reservation that has expired');
  }
}
