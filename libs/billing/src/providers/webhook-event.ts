import type { Money } from './provider-subscription.js';

/** HTTP headers of a delivery: lower-case names, one value each (an array-valued header is refused before). */
export type WebhookHeaders = Readonly<Record<string, string | undefined>>;

/**
 * Which part of ours an event concerns. `refund` and `dispute` are money taken back: recorded and shown, they change no
 * access. `unknown` is a type that this version does not know.
 */
export type EventTopic =
  | 'subscription'
  | 'customer'
  | 'checkout'
  | 'refund'
  | 'dispute'
  | 'irrelevant'
  | 'unknown';

/** Money that went back, or that somebody wants back, as an event of the topic `refund` or `dispute` tells it. */
export interface MoneyBack {
  /** The provider's id of the refund or dispute; null where the event tells only of the payment as a whole. */
  readonly id: string | null;
  /** What was paid: a Polar order, a Stripe charge. */
  readonly paymentId: string | null;
  /** Minor units; null when the event does not say it usably (staff look it up at the provider). */
  readonly money: Money | null;
  /** Whether `money` is all that went back of the payment until now, and not this refund or dispute alone. */
  readonly isTotal: boolean;
  /** A dispute that the card holder's bank waits for an answer to. */
  readonly needsAnswer: boolean;
  /** The provider's words, for staff. */
  readonly status: string | null;
  readonly reason: string | null;
}

/** A delivery whose signature is good, reduced to what we use. */
export interface VerifiedEvent {
  /** Unique per provider and the same on every retry (Polar: header `webhook-id`, Stripe: `event.id`). */
  readonly eventId: string;
  readonly type: string;
  readonly topic: EventTopic;
  /** The provider's time of the event, never ours. */
  readonly occurredAt: Date;
  readonly subscriptionId: string | null;
  readonly customerId: string | null;
  readonly checkoutId: string | null;
  /**
   * Whether it happened in the provider's other mode (test or live) than the one of our key; false where the provider
   * does not tell.
   */
  readonly isOfOtherMode: boolean;
  /** Given with the topics `refund` and `dispute`. */
  readonly moneyBack?: MoneyBack;
}
