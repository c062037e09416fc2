import type Stripe from 'stripe';
import type { Attempt, ProviderCalls } from '../provider-call.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderRefusedError } from '../provider.errors.js';
import { EXPANDED, type StripeReader } from './stripe-reading.js';

/** A pause credits nothing, so nothing is to be charged again. */
const PERIOD_GOES_ON = {
  billing_cycle_anchor: { type: 'unchanged' },
  proration_behavior: 'none',
} as const satisfies Stripe.SubscriptionResumeParams;

/**
 * How a subscription ends, pauses and goes on: each call sets a state, and one that stands as wished is not sent. Stripe
 * refuses a second pause, resume or end of the same, so what is sent again after a lost answer carries the key of the first.
 */
export class StripeLife {
  constructor(
    private readonly stripe: Stripe,
    private readonly calls: ProviderCalls,
    private readonly reader: StripeReader,
  ) {}

  /** Lets it end with its period. */
  async scheduleCancel(id: string, intentKey: string): Promise<ProviderSubscription> {
    const { subscription } = await this.reader.fetch(id);
    if (subscription.cancelAt !== null) return subscription;
    return this.update(id, { cancel_at_period_end: true }, `cancel:${id}:${intentKey}`);
  }

  /**
   * Takes a cancel back, in whichever way it was set: the API's flag, or the date that the portal sets. Stripe takes only
   * one of both in a call, and the flag does not lift a date.
   */
  async undoCancel(id: string, intentKey: string): Promise<ProviderSubscription> {
    const { subscription } = await this.reader.fetch(id);
    if (subscription.cancelAt === null) return subscription;
    const key = `undo:${id}:${intentKey}`;
    const undone = await this.update(id, { cancel_at_period_end: false }, key);
    return undone.cancelAt === null ? undone : this.update(id, { cancel_at: '' }, `${key}:date`);
  }

  /**
   * Pauses now; what was paid for the rest of the period stays paid.
   *
   * @throws ProviderRefusedError `unsupported` with a date: Stripe resumes nothing by itself
   */
  async pause(id: string, resumesAt: Date | null, intentKey: string): Promise<ProviderSubscription> {
    if (resumesAt !== null) throw new ProviderRefusedError('stripe', 'unsupported');
    const { subscription } = await this.reader.fetch(id);
    if (subscription.status === 'paused') return subscription;
    const params = { bill_for: { unused_time_from: { type: 'none' } }, expand: EXPANDED } as const;
    const idempotencyKey = `pause:${id}:${intentKey}`;
    return this.send(id, async (timeout) =>
      this.stripe.subscriptions.pause(id, params, { idempotencyKey, timeout }),
    );
  }

  /**
   * Goes on in the period that was paid for while that runs: Stripe would begin and charge a new one at once, without credit,
   * and bill the rest of an unchanged one once more. After the period's end a new one begins now.
   */
  async resume(id: string, at: Date, intentKey: string): Promise<ProviderSubscription> {
    const { subscription } = await this.reader.fetch(id);
    const { status, currentPeriodEnd: end } = subscription;
    if (status !== 'paused') return subscription;
    const goesOn = end !== null && end > at;
    const params = { ...(goesOn ? PERIOD_GOES_ON : {}), expand: EXPANDED };
    // A retry may come after the period's end, and a key that comes again with other parameters is refused.
    const idempotencyKey = `resume:${goesOn ? 'same' : 'new'}:${id}:${intentKey}`;
    return this.send(id, async (timeout) =>
      this.stripe.subscriptions.resume(id, params, { idempotencyKey, timeout }),
    );
  }

  /** Ends it now, without a last invoice and without money back. Stripe takes no idempotency key with a DELETE. */
  async revoke(id: string): Promise<ProviderSubscription> {
    const { subscription } = await this.reader.fetch(id);
    if (subscription.endedAt !== null) return subscription;
    const params = { prorate: false, invoice_now: false, expand: EXPANDED };
    try {
      return await this.send(id, async (timeout) =>
        this.stripe.subscriptions.cancel(id, params, { timeout }),
      );
    } catch (error) {
      if (!(error instanceof ProviderRefusedError)) throw error;
      // What has ended cannot be ended again: an earlier try may have done so, and its answer was lost.
      const { subscription: after } = await this.reader.fetch(id);
      if (after.endedAt === null) throw error;
      return after;
    }
  }

  private async update(
    id: string,
    params: Stripe.SubscriptionUpdateParams,
    idempotencyKey: string,
  ): Promise<ProviderSubscription> {
    return this.send(id, async (timeout) =>
      this.stripe.subscriptions.update(id, { ...params, expand: EXPANDED }, { idempotencyKey, timeout }),
    );
  }

  private async send(id: string, attempt: Attempt<unknown>): Promise<ProviderSubscription> {
    return this.calls.repeatably(
      async (timeout) => this.reader.read(await attempt(timeout), id).subscription,
    );
  }
}
