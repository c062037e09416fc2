import { InvalidRequestError, isUuid } from '@tollgate/kernel';
import { LARGEST_COUNT } from '../limit.js';
import type { ConsumeRequest } from './consume-request.js';

const LONGEST_KEY = 255;
const MOST_METERS = 32;
/** Printable ASCII: the same bytes in a header, a log line and a row. */
const KEY = /^[\x21-\x7e]+$/;

/**
 * Refuses what could never be counted.
 *
 * @throws InvalidRequestError `quantity_invalid`, `quantity_overflow`, `idempotency_key_invalid`, `meters_invalid` or
 * `owner_invalid`
 */
export function assertCountable({ ownerId, organizationId, meters, key }: ConsumeRequest): void {
  if (meters.length === 0 || meters.length > MOST_METERS)
    throw new InvalidRequestError('meters_invalid', `One call counts on 1 to ${MOST_METERS} meters`);
  for (const { feature, quantity } of meters) assertQuantity(feature, quantity);
  if (key !== null && (key.length > LONGEST_KEY || !KEY.test(key)))
    throw new InvalidRequestError(
      'idempotency_key_invalid',
      `An idempotency key has 1 to ${LONGEST_KEY} printable ASCII characters without spaces`,
    );
  if (!isUuid(ownerId) || (organizationId !== null && !isUuid(organizationId)))
    throw new InvalidRequestError('owner_invalid', 'Owner and organization are named by UUIDs');
}

function assertQuantity(feature: string, quantity: bigint): void {
  if (quantity < 1n)
    throw new InvalidRequestError('quantity_invalid', 'A quantity is a whole number of 1 or more', {
      feature,
    });
  if (quantity > LARGEST_COUNT)
    throw new InvalidRequestError('quantity_overflow', 'The quantity is too large', { feature });
}
