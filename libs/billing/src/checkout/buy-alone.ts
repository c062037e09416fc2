import type { Leases } from '@tollgate/kernel';

/** Longer than the calls of one purchase may take. */
const LEASE_MS = 60_000;
/** Whoever waits longer than this for the same owner's purchase is told to try again. */
const WAIT_MS = 4_000;

/**
 * Does one purchase of an owner at a time, by whichever way it is made, so that a double click buys once.
 *
 * @throws UnavailableError `busy` while another one takes its time
 */
export async function buyAlone<T>(leases: Leases, ownerId: string, purchase: () => Promise<T>): Promise<T> {
  return leases.alone(`checkout:${ownerId}`, LEASE_MS, WAIT_MS, purchase);
}
