import { SystemClock } from '@tollgate/kernel';
import { SignatureRefusedError } from './provider.errors.js';

/** How far the time of signing may lie from the machine's time, in both directions. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;

const EPOCH_SECONDS = /^[1-9]\d{0,11}$/;
const machine = new SystemClock();

/**
 * Refuses a time of signing (whole seconds since 1970, as it stands in the header) more than 300 s away from real
 * time. Real time and not the product's clock: a replayed delivery does not become fresh because a test clock moved.
 *
 * @throws SignatureRefusedError not a plain number of seconds, or too far away
 */
export function assertSignedRecently(epochSeconds: string): void {
  if (!EPOCH_SECONDS.test(epochSeconds)) throw new SignatureRefusedError('mismatch');
  const distance = Math.abs(machine.now().getTime() - Number(epochSeconds) * 1000);
  if (distance > SIGNATURE_TOLERANCE_SECONDS * 1000) throw new SignatureRefusedError('outside_tolerance');
}
