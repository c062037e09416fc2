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

/** A change that the provider keeps until `appliesAt`; null for what stays as it is. */
export interface PendingChange {
  readonly priceRef: string | null;
  readonly seats: number | null;
  readonly appliesAt: Date | null;
}

/** Why a subscription as told cannot be stored or trusted; the caller sets its events aside. */
export type SnapshotProblem = 'seats_out_of_range' | 'amount_out_of_range';

/** Most seats that one subscription can have; beyond it a snapshot is unreadable. */
export const MOST_SEATS = 1_000_000;

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
  /** The checkout it was bought by: ours, as our server told the provider of it, else the provider's own; null for none. */
  readonly checkoutId: string | null;
  readonly status: SubscriptionStatus | null;
  readonly rawStatus: string;
  /** What a checkout or change of plan names: a Polar product id, a Stripe price id. */
  readonly priceRef: string | null;
  readonly productId: string | null;
  readonly priceId: string | null;
  /** Merchant-set metadata of price and product (price wins); never what a customer can write. */
  readonly productMetadata: Readonly<Record<string, string>>;
  /** Names that the merchant gave what is sold: lookup key (Stripe), product name. */
  readonly slugs: readonly string[];
  /** What one unit costs by the merchant's catalog; null for ad-hoc prices, and where it is not told. */
  readonly unitPrice: Money | null;
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
  /** From when the provider counts its periods; null where it does not tell. */
  readonly billingAnchor: Date | null;
  /** When a pause begins that is only scheduled; null when none is. */
  readonly pausesAt: Date | null;
  readonly pausedAt: Date | null;
  /** When a pause ends by itself; null if none does. */
  readonly resumesAt: Date | null;
  readonly seats: number;
  readonly price: Money | null;
  readonly interval: BillingInterval | null;
  /** Null when nothing is pending, or the provider keeps no pending changes. */
  readonly pendingChange: PendingChange | null;
  readonly problem: SnapshotProblem | null;
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
  | 'billingAnchor'
  | 'pausesAt'
  | 'pausedAt'
  | 'resumesAt'
  | 'modifiedAt'
>;
