import CircuitBreaker from 'opossum';
import type { CallPolicy } from './call-policy.js';
import { CallNotSentError } from './provider-call.errors.js';
import { RateBudget } from './rate-budget.js';

/** How much of a provider we may use, and of ourselves for it. All times are real time. */
export interface CallLimits {
  /** Attempts per minute of this process; more wait for their turn, and fail when it would come too late. */
  readonly callsPerMinute: number;
  /** Attempts under way at the same time; more are refused at once, so that a hanging provider holds no more of us. */
  readonly concurrentCalls: number;
  /** Attempts within ten seconds from which on the circuit opens when more than half of them failed. */
  readonly attemptsToOpen: number;
  /** How long an open circuit refuses before it lets one attempt probe. */
  readonly openMilliseconds: number;
}

/** The least that any provider allows: Polar's documented 500 a minute. */
export const DEFAULT_LIMITS: CallLimits = {
  callsPerMinute: 500,
  concurrentCalls: 32,
  attemptsToOpen: 20,
  openMilliseconds: 5_000,
};

const OPENING_PERCENT = 50;
const WINDOW_MILLISECONDS = 10_000;

type Send = () => Promise<unknown>;

/**
 * What stands before every attempt at one provider: the wait that the provider asked for, a bulkhead, a circuit breaker
 * and the rate budget, in this order. What it refuses was certainly not sent.
 */
export class ProviderGate {
  private readonly breaker: CircuitBreaker<[Send]>;
  private readonly budget: RateBudget;
  private underWay = 0;
  private quietUntil = 0;
  private opened = 0;

  constructor(
    private readonly policy: CallPolicy,
    private readonly limits: CallLimits,
  ) {
    this.budget = new RateBudget(limits.callsPerMinute);
    this.breaker = new CircuitBreaker(async (send: Send) => send(), {
      timeout: false,
      volumeThreshold: limits.attemptsToOpen,
      errorThresholdPercentage: OPENING_PERCENT,
      rollingCountTimeout: WINDOW_MILLISECONDS,
      resetTimeout: limits.openMilliseconds,
      // A refusal is an answer: the provider is well.
      errorFilter: (error: unknown) => !policy.isTransient(error),
    });
    this.breaker.on('open', () => {
      this.opened = performance.now();
    });
  }

  /**
   * Lets one attempt through, before `deadline` (of `performance.now()`).
   *
   * @throws CallNotSentError it was not sent, with the seconds after which it may be
   */
  async pass<T>(deadline: number, send: () => Promise<T>): Promise<T> {
    this.assertOpen();
    this.underWay += 1;
    try {
      await this.budget.turn(deadline);
      // The turn may have come after others found the provider out of reach.
      this.assertReachable();
      return await this.fire(send);
    } catch (error) {
      this.heed(error);
      throw error;
    } finally {
      this.underWay -= 1;
    }
  }

  private async fire<T>(send: () => Promise<T>): Promise<T> {
    const answer: { value?: T } = {};
    try {
      await this.breaker.fire(async () => {
        answer.value = await send();
      });
    } catch (error) {
      // Half open, and another attempt is the probe.
      if (error instanceof Error && CircuitBreaker.isOurError(error)) {
        throw new CallNotSentError('circuit_open', 1);
      }
      throw error;
    }
    return answer.value as T;
  }

  private assertOpen(): void {
    this.assertReachable();
    if (this.underWay >= this.limits.concurrentCalls) throw new CallNotSentError('bulkhead_full', 1);
  }

  private assertReachable(): void {
    const quiet = this.quietUntil - performance.now();
    if (quiet > 0) throw new CallNotSentError('asked_to_wait', Math.ceil(quiet / 1000));
    if (this.breaker.opened) {
      const left = this.limits.openMilliseconds - (performance.now() - this.opened);
      throw new CallNotSentError('circuit_open', Math.max(1, Math.ceil(left / 1000)));
    }
  }

  /** The provider told us to stay away: nobody calls it until then. */
  private heed(error: unknown): void {
    const seconds = this.policy.waitWished(error);
    if (seconds !== null) {
      this.quietUntil = Math.max(this.quietUntil, performance.now() + seconds * 1000);
    }
  }
}
