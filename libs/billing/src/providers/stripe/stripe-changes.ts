import type Stripe from 'stripe';
import type { ProviderCalls } from '../provider-call.js';
import type { PlanChange, Proration, SeatChange } from '../provider-changes.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderRefusedError } from '../provider.errors.js';
import { EXPANDED, type StripeReader, type StripeReading } from './stripe-reading.js';

/** Our prorations in Stripe's words. */
export const STRIPE_PRORATIONS = {
  invoice_now: 'always_invoice',
  next_invoice: 'create_prorations',
  none: 'none',
} as const satisfies Record<Proration, string>;

/**
 * Changes of plan and seats. Every one reads first: the item needs its id (without one Stripe would add a second item),
 * and what stands as wished is not sent again, also when Stripe has forgotten the idempotency key.
 */
export class StripeChanges {
  constructor(
    private readonly stripe: Stripe,
    private readonly calls: ProviderCalls,
    private readonly reader: StripeReader,
  ) {}

  /** Price and quantity in one call. */
  async changePlan(id: string, change: PlanChange): Promise<ProviderSubscription> {
    const now = await this.fetchChangeable(id, change);
    const quantity = change.seats ?? 1;
    const { priceRef, seats } = now.subscription;
    if (priceRef === change.priceRef && seats === quantity) return now.subscription;
    return this.setItem(now, { price: change.priceRef, quantity }, change);
  }

  /** The quantity alone. */
  async setSeats(id: string, change: SeatChange): Promise<ProviderSubscription> {
    const now = await this.fetchChangeable(id, change);
    if (now.subscription.seats === change.seats) return now.subscription;
    return this.setItem(now, { quantity: change.seats }, change);
  }

  private async fetchChangeable(id: string, { when }: SeatChange | PlanChange): Promise<StripeReading> {
    // Managed Payments forbid the schedules that could keep a change; so the pending change is ours, always.
    if (when === 'period_end') throw new ProviderRefusedError('stripe', 'unsupported');
    return this.reader.fetch(id);
  }

  /** The answer to a payment that fails is 402, and nothing is changed then. */
  private async setItem(
    { subscription, itemId }: StripeReading,
    item: Stripe.SubscriptionUpdateParams.Item,
    { proration, intentKey }: SeatChange | PlanChange,
  ): Promise<ProviderSubscription> {
    if (subscription.endedAt !== null) throw new ProviderRefusedError('stripe', 'ended');
    if (itemId === null) throw new ProviderRefusedError('stripe', 'unsupported');
    const params: Stripe.SubscriptionUpdateParams = {
      items: [{ id: itemId, ...item }],
      proration_behavior: STRIPE_PRORATIONS[proration],
      payment_behavior: 'error_if_incomplete',
      expand: EXPANDED,
    };
    const options = { idempotencyKey: `change:${subscription.id}:${intentKey}` };
    const answer = await this.calls.repeatably(async (timeout) => {
      const updated = await this.stripe.subscriptions.update(subscription.id, params, {
        ...options,
        timeout,
      });
      return this.reader.read(updated, subscription.id);
    });
    return answer.subscription;
  }
}
