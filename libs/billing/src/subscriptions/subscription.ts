import type { BillingInterval, ProviderName } from '../providers/payment-provider.js';
import type { SubscriptionStatus } from '../providers/provider-subscription.js';

/** Our one current row of an owner; null fields have no meaning on the free plan. */
export interface Subscription {
  readonly id: string;
  readonly ownerId: string;
  readonly plan: string;
  readonly status: SubscriptionStatus;
  readonly provider: ProviderName;
  readonly providerCustomerId: string | null;
  readonly providerSubscriptionId: string | null;
  readonly currentPeriodStart: Date | null;
  readonly currentPeriodEnd: Date | null;
  readonly trialEnd: Date | null;
  readonly cancelAt: Date | null;
  readonly pastDueSince: Date | null;
  readonly graceUntil: Date | null;
  readonly seats: number | null;
  /** Minor units per interval. */
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly interval: BillingInterval | null;
  /** When the owner's one trial began; remembered for ever. */
  readonly trialUsedAt: Date | null;
}

/** Statuses under which the provider may still charge: an owner with one of these has a live subscription. */
export const LIVE_STATUSES: ReadonlySet<SubscriptionStatus> = new Set<SubscriptionStatus>([
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'paused',
]);

/** A subscription that its provider may still charge for. */
export interface LiveSubscription extends Subscription {
  readonly providerSubscriptionId: string;
}

/** Whether there is something that a provider may still charge for. */
export function isLive(subscription: Subscription | null): subscription is LiveSubscription {
  return subscription?.providerSubscriptionId != null && LIVE_STATUSES.has(subscription.status);
}
