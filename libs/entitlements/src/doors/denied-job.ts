import type { DenialReason } from '../decisions/decision.js';
import { AccessDeniedException } from '../gates/access-denied.exception.js';
import type { QueueJob } from './queue-job.js';

/** Reasons that may be gone at the next attempt by themselves. */
const PASSING: ReadonlySet<DenialReason> = new Set(['unavailable', 'rate_limited']);

/** Whether trying again would only be denied again. */
export function isDeniedForGood(error: unknown): boolean {
  return error instanceof AccessDeniedException && !PASSING.has(error.decision.reason);
}

/**
 * A job that is denied for good is not tried again: it ends as failed, with the reason. One that only has to wait is
 * left to the queue's own back-off.
 */
export async function giveUpWhenDenied<T>(job: QueueJob | null, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (job && isDeniedForGood(error)) await job.discard();
    throw error;
  }
}
