import type { BillingInterval, ProviderName } from './provider-name.js';

/** Status of a subscription; both providers use the same eight words. */
export const SUBSCRIPTION_STATUSES = [
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'incomplete',
  'incomplete_expired',
  'paused',
  'canceled',
] as const;

/** See {@link SUBSCRIPTION_STATUSES}. */
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/** Money: integer minor units and ISO 4217 currency, lower case. */
export interface Money {
  readonly amount: bigint;
  readonly currency: string;
}

/**
 * A subscription as fetched from its provider, in our words. `status` is null when the provider said a word
 * that we do not know (kept in `rawStatus`): the caller quarantines, it does not guess.
 */
export interface ProviderSubscription {
  readonly provider: ProviderName;
  readonly id: string;
  readonly customerId: string;
  /** Our owner id as we stored it on the provider's customer; null if none. Never from what a checkout carries. */
  readonly ownerRef: string | null;
  readonly status: SubscriptionStatus | null;
  readonly rawStatus: string;
  readonly productId: string | null;
  readonly priceId: string | null;
  /** Merchant-set metadata of price and product (price wins); never what a customer can write. */
  readonly productMetadata: Readonly<Record<string, string>>;
  readonly currentPeriodStart: Date | null;
  readonly currentPeriodEnd: Date | null;
  readonly trialEnd: Date | null;
  /** When access ends by a scheduled cancellation; null if none is scheduled. */
  readonly cancelAt: Date | null;
  readonly canceledAt: Date | null;
  readonly endedAt: Date | null;
  /** First failure of the payment now due, where the provider tells it. */
  readonly pastDueSince: Date | null;
  readonly startedAt: Date | null;
  readonly seats: number;
  readonly price: Money | null;
  readonly interval: BillingInterval | null;
  /** Provider's own time of the last change; null where it gives none (Stripe). */
  readonly modifiedAt: Date | null;
  readonly livemode: boolean | null;
}

/** When things begin and end, as an adapter reads them together. */
export type SubscriptionTimes = Pick<
  ProviderSubscription,
  | 'currentPeriodStart'
  | 'currentPeriodEnd'
  | 'trialEnd'
  | 'cancelAt'
  | 'canceledAt'
  | 'endedAt'
  | 'pastDueSince'
  | 'startedAt'
  | 'modifiedAt'
>;
