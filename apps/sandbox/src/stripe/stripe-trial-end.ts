import type { World } from '../world.js';
import { emitStripe } from './stripe-events.js';
import type { StripeSubscriptionRecord } from './stripe-state.js';
import { cancellation, cancelNow, update } from './stripe-subscriptions.js';

/** A trial ends without a card: paused or canceled as its settings say. False when it is to be invoiced all the same. */
export function endTrialWithoutCard(world: World, record: StripeSubscriptionRecord): boolean {
  const { subscription } = record;
  const behavior = subscription.trial_settings?.end_behavior.missing_payment_method;
  if (behavior === 'cancel') {
    subscription.cancellation_details = cancellation('cancellation_requested');
    cancelNow(world, record);
    return true;
  }
  // Without a card the invoice is open and unpaid, which the first charge will find out.
  if (behavior !== 'pause') {
    record.paymentFails = true;
    return false;
  }
  pauseNow(world, record);
  return true;
}

/** Paused from now: no period turns and nothing is invoiced until it is resumed. */
export function pauseNow(world: World, record: StripeSubscriptionRecord): void {
  update(world, record, () => {
    record.subscription.status = 'paused';
  });
  emitStripe(world, 'customer.subscription.paused', record.subscription);
}
