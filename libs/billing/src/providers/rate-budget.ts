import { setTimeout as delay } from 'node:timers/promises';
import pThrottle from 'p-throttle';
import { CallNotSentError } from './provider-call.errors.js';

/** Shorter than a call may take, so that whoever waits for the next slice still gets an answer. */
const SLICE_MILLISECONDS = 6_000;
const SLICES_PER_MINUTE = 60_000 / SLICE_MILLISECONDS;

/**
 * Turns to call a provider: so many a minute of real time, a tenth of them in every six seconds, in the order of asking.
 */
export class RateBudget {
  private readonly next: () => Promise<void>;

  constructor(callsPerMinute: number) {
    const limit = Math.max(1, Math.floor(callsPerMinute / SLICES_PER_MINUTE));
    const throttle = pThrottle({ limit, interval: SLICE_MILLISECONDS });
    this.next = throttle(async () => undefined);
  }

  /**
   * Resolves when it is our turn.
   *
   * @throws CallNotSentError our turn does not come before `deadline` (of `performance.now()`)
   */
  async turn(deadline: number): Promise<void> {
    const waiting = new AbortController();
    const late = delay(Math.max(1, deadline - performance.now()), undefined, { signal: waiting.signal });
    const tooLate = late.then((): never => {
      throw new CallNotSentError('budget_spent', SLICE_MILLISECONDS / 1000);
    });
    try {
      await Promise.race([this.next(), tooLate]);
    } finally {
      waiting.abort();
    }
  }
}
