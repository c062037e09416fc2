import type Stripe from 'stripe';
import { SandboxRefusal } from '../stand-in.js';
import type { World } from '../world.js';
import { emitStripe } from './stripe-events.js';
import type { StripeSubscriptionRecord, WireSubscription } from './stripe-state.js';

/** Second at which the plan's period ends: it lives on the item, not on the subscription. */
export function periodEnd(subscription: WireSubscription): number {
  return Math.max(...subscription.items.data.map((item) => item.current_period_end));
}

/**
 * Changes a subscription and sends `customer.subscription.updated` with the old values of what changed.
 * When the change throws, the subscription is as before.
 */
export function update(world: World, record: StripeSubscriptionRecord, change: () => void): void {
  const before = structuredClone(record.subscription);
  try {
    change();
  } catch (error) {
    Object.assign(record.subscription, before);
    throw error;
  }
  const previous = Object.fromEntries(
    Object.entries(before).filter(
      ([key, value]) =>
        JSON.stringify(value) !== JSON.stringify(record.subscription[key as keyof WireSubscription]),
    ),
  );
  if (Object.keys(previous).length > 0)
    emitStripe(world, 'customer.subscription.updated', record.subscription, previous);
}

/** As the portal cancels under flexible billing: `cancel_at` alone is set. @throws SandboxRefusal. */
export function portalCancel(world: World, record: StripeSubscriptionRecord): void {
  const { subscription } = record;
  if (subscription.ended_at !== null) throw new SandboxRefusal(409, 'This subscription has already ended.');
  if (subscription.cancel_at !== null)
    throw new SandboxRefusal(409, 'This subscription is already scheduled to end.');
  update(world, record, () => {
    subscription.cancel_at = periodEnd(subscription);
    subscription.canceled_at = world.clock.seconds();
    subscription.cancellation_details = cancellation('cancellation_requested');
  });
}

/** Takes a scheduled cancel back, however it was scheduled. @throws SandboxRefusal. */
export function portalUncancel(world: World, record: StripeSubscriptionRecord): void {
  const { subscription } = record;
  if (subscription.ended_at !== null || subscription.cancel_at === null) {
    throw new SandboxRefusal(409, 'No cancellation is scheduled.');
  }
  update(world, record, () => clearCancel(subscription));
}

/** Forgets a scheduled cancel. */
export function clearCancel(subscription: WireSubscription): void {
  subscription.cancel_at = null;
  subscription.cancel_at_period_end = false;
  subscription.canceled_at = null;
  subscription.cancellation_details = cancellation(null);
}

/** Ends at once; Stripe sends `deleted` and no `updated`. */
export function cancelNow(world: World, record: StripeSubscriptionRecord): void {
  const { subscription } = record;
  const now = world.clock.seconds();
  subscription.status = 'canceled';
  subscription.ended_at = now;
  subscription.canceled_at ??= now;
  subscription.cancellation_details ??= cancellation('cancellation_requested');
  record.pastDueSince = null;
  emitStripe(world, 'customer.subscription.deleted', subscription);
}

/** Why a subscription ends. */
export function cancellation(
  reason: Stripe.Subscription.CancellationDetails['reason'],
): Stripe.Subscription.CancellationDetails {
  return { comment: null, feedback: null, feedback_option: null, reason };
}
