import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { CallPolicy } from './call-policy.js';
import { CallNotSentError, CallTimedOutError } from './provider-call.errors.js';
import { DEFAULT_LIMITS, ProviderGate, type CallLimits } from './provider-gate.js';
import { ProviderUnavailableError } from './provider.errors.js';

/** Bound of one call to a provider, all attempts, pauses and waiting for our budget together. */
const CALL_MILLISECONDS = 9_500;
/** Bound of one attempt of a call that may be repeated. */
const ATTEMPT_MILLISECONDS = 3_000;
const ATTEMPTS = 3;
/** From and to; random, so that many nodes do not come back at the same moment. */
const FIRST_PAUSE_MILLISECONDS = [75, 225] as const;

/** One attempt of a call; it is told how long it may take, for the SDK to close its connection by then. */
export type Attempt<T> = (milliseconds: number) => Promise<T>;

/** All calls to one provider: bounded in time, translated, and let through by one gate. */
export class ProviderCalls {
  private readonly gate: ProviderGate;

  constructor(
    private readonly policy: CallPolicy,
    limits: Partial<CallLimits> = {},
  ) {
    this.gate = new ProviderGate(policy, { ...DEFAULT_LIMITS, ...limits });
  }

  /** Makes one call that must not be repeated (a write without idempotency key). */
  async once<T>(attempt: Attempt<T>): Promise<T> {
    try {
      return await this.tryOnce(attempt, CALL_MILLISECONDS, performance.now() + CALL_MILLISECONDS);
    } catch (error) {
      throw this.ours(error);
    }
  }

  /**
   * Makes a call that may be repeated (a read, a write that sets a value or has an idempotency key): at most two retries
   * with growing, random pauses, everything within the bound of one call.
   */
  async repeatably<T>(attempt: Attempt<T>): Promise<T> {
    const deadline = performance.now() + CALL_MILLISECONDS;
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.tryOnce(attempt, ATTEMPT_MILLISECONDS, deadline);
      } catch (error) {
        const pause = randomInt(...FIRST_PAUSE_MILLISECONDS) * 2 ** (tries - 1);
        const isLast = tries === ATTEMPTS || performance.now() + pause >= deadline;
        if (isLast || !this.mayHelp(error)) throw this.ours(error);
        await delay(pause);
      }
    }
  }

  private mayHelp(error: unknown): boolean {
    return !(error instanceof CallNotSentError) && this.policy.isTransient(error);
  }

  private ours(error: unknown): Error {
    if (!(error instanceof CallNotSentError)) return this.policy.translate(error);
    return new ProviderUnavailableError(this.policy.provider, error.retryAfter, { cause: error });
  }

  private async tryOnce<T>(attempt: Attempt<T>, longest: number, deadline: number): Promise<T> {
    return this.gate.pass(deadline, () => within(Math.min(longest, deadline - performance.now()), attempt));
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
