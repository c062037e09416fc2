import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CallTimedOutError } from './provider-call.errors.js';

/** Bound of one call to a provider, all attempts and pauses together. */
const CALL_MILLISECONDS = 9_500;
/** Bound of one attempt of a call that may be repeated. */
const ATTEMPT_MILLISECONDS = 3_000;
const ATTEMPTS = 3;
/** From and to; random, so that many nodes do not come back at the same moment. */
const FIRST_PAUSE_MILLISECONDS = [75, 225] as const;

/** How an adapter wants its calls made. */
export interface CallPolicy {
  /** Turns whatever the SDK threw into one of our errors. */
  readonly translate: (error: unknown) => Error;
  /** Whether trying again at once may help (not for refusals and rate limits). */
  readonly isTransient: (error: unknown) => boolean;
}

/** One attempt of a call; it is told how long it may take, for the SDK to close its connection by then. */
export type Attempt<T> = (milliseconds: number) => Promise<T>;

/** Makes one call that must not be repeated (a write without idempotency key), bounded in time. */
export async function callOnce<T>(policy: CallPolicy, attempt: Attempt<T>): Promise<T> {
  try {
    return await within(CALL_MILLISECONDS, attempt);
  } catch (error) {
    throw policy.translate(error);
  }
}

/**
 * Makes a call that may be repeated (a read, or a write with an idempotency key): at most two retries with growing,
 * random pauses, everything within the bound of one call.
 */
export async function callRepeatably<T>(policy: CallPolicy, attempt: Attempt<T>): Promise<T> {
  const deadline = performance.now() + CALL_MILLISECONDS;
  for (let tries = 1; ; tries += 1) {
    try {
      return await within(Math.min(ATTEMPT_MILLISECONDS, deadline - performance.now()), attempt);
    } catch (error) {
      const pause = randomInt(...FIRST_PAUSE_MILLISECONDS) * 2 ** (tries - 1);
      const isLast = tries === ATTEMPTS || performance.now() + pause >= deadline;
      if (isLast || !policy.isTransient(error)) throw policy.translate(error);
      await delay(pause);
    }
  }
}

async function within<T>(limit: number, attempt: Attempt<T>): Promise<T> {
  const milliseconds = Math.max(1, Math.floor(limit));
  const answered = new AbortController();
  const late = delay(milliseconds, undefined, { signal: answered.signal }).then((): never => {
    throw new CallTimedOutError(milliseconds);
  });
  try {
    return await Promise.race([attempt(milliseconds), late]);
  } finally {
    answered.abort();
  }
}
