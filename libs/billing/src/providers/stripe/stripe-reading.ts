import type Stripe from 'stripe';
import type { ProviderCalls } from '../provider-call.js';
import type { ProviderSubscription } from '../provider-subscription.js';
import { ProviderRefusedError, ProviderUnavailableError } from '../provider.errors.js';
import { readById } from '../read-by-id.js';
import { asReference, at } from '../tolerant-reader.js';
import { isMissing } from './stripe-errors.mapper.js';
import { choosePlanItem } from './stripe-plan-item.js';
import { toStripeSubscription } from './stripe-subscription.mapper.js';

/**
 * What a subscription is always told with: the owner stands on the customer, the plan on price and product, and since
 * when a payment is due on the invoice.
 */
export const EXPANDED = ['customer', 'items.data.price.product', 'latest_invoice'];

/** A subscription, and which of its items stands for the plan. */
export interface StripeReading {
  readonly subscription: ProviderSubscription;
  readonly itemId: string | null;
}

/** Reads subscriptions; all that Stripe's other calls need is in one reading. */
export class StripeReader {
  constructor(
    private readonly stripe: Stripe,
    private readonly calls: ProviderCalls,
    private readonly planPrices: ReadonlySet<string>,
  ) {}

  /** Null when Stripe knows no such subscription. */
  async find(id: string): Promise<StripeReading | null> {
    const params = { expand: EXPANDED };
    const read = async (timeout: number): Promise<StripeReading> =>
      this.read(await this.stripe.subscriptions.retrieve(id, params, { timeout }), id);
    return readById(this.calls, id, read, isMissing);
  }

  /** @throws ProviderRefusedError `not_found` Stripe knows no such subscription */
  async fetch(id: string): Promise<StripeReading> {
    const found = await this.find(id);
    if (found === null) throw new ProviderRefusedError('stripe', 'not_found');
    return found;
  }

  /**
   * An answer that must be this subscription.
   *
   * @throws ProviderUnavailableError it is something else: an error page of a proxy passes the SDK as an object
   */
  read(answer: unknown, id: string): StripeReading {
    const subscription = toStripeSubscription(answer, this.planPrices);
    if (subscription?.id !== id) throw new ProviderUnavailableError('stripe');
    const itemId = asReference(at(choosePlanItem(answer, this.planPrices), 'id'));
    return { subscription, itemId };
  }

  /** A subscription of a list, in our words; null when it cannot be identified. */
  toSubscription(listed: unknown): ProviderSubscription | null {
    return toStripeSubscription(listed, this.planPrices);
  }
}
