import type { Due } from '../clock/timeline.js';
import type { World } from '../world.js';
import { emitStripe } from './stripe-events.js';
import { failInvoice, invoicePeriod, openInvoice, payInvoice } from './stripe-invoices.js';
import type { StripeSubscriptionRecord } from './stripe-state.js';
import { periodEndAt } from './stripe-subscription-create.js';
import { cancellation, cancelNow, periodEnd, update } from './stripe-subscriptions.js';

const DAY = 86_400;
/** Days after the failed charge on which Stripe tries again; after the last one it cancels. */
const DUNNING_DAYS = [2, 7, 14, 21] as const;
const TRIAL_WARNING = 3 * DAY;

/** The earliest thing that any subscription has coming. */
export function nextStripeRenewal(world: World): Due | undefined {
  let earliest: Due | undefined;
  for (const record of Object.values(world.state.stripe.subscriptions)) {
    for (const due of duesOf(world, record)) {
      if (earliest === undefined || due.at < earliest.at) earliest = due;
    }
  }
  return earliest;
}

function duesOf(world: World, record: StripeSubscriptionRecord): Due[] {
  const { subscription } = record;
  const { status, cancel_at: cancelAt, trial_end: trialEnd } = subscription;
  if (subscription.ended_at !== null) return [];
  const dues: Due[] = [];
  const at = (seconds: number, run: () => void): number => dues.push({ at: seconds * 1000, run });
  if (cancelAt !== null) at(cancelAt, () => cancelNow(world, record));
  if (status === 'trialing' && trialEnd !== null && !record.trialWarned) {
    at(Math.max(trialEnd - TRIAL_WARNING, subscription.created), () => warnOfTrialEnd(world, record));
  }
  if (status === 'active' || status === 'trialing')
    at(periodEnd(subscription), () => turnPeriod(world, record));
  const days = DUNNING_DAYS[record.retries];
  if (status === 'past_due' && record.pastDueSince !== null && days !== undefined) {
    at(record.pastDueSince + days * DAY, () => retryPayment(world, record));
  }
  return dues;
}

function warnOfTrialEnd(world: World, record: StripeSubscriptionRecord): void {
  record.trialWarned = true;
  emitStripe(world, 'customer.subscription.trial_will_end', record.subscription);
}

function turnPeriod(world: World, record: StripeSubscriptionRecord): void {
  const { subscription } = record;
  if (subscription.cancel_at_period_end) return cancelNow(world, record);
  record.cycle += 1;
  update(world, record, () => {
    subscription.status = 'active';
    for (const item of subscription.items.data) {
      const { interval = 'month', interval_count: every = 1 } = item.price.recurring ?? {};
      item.current_period_start = item.current_period_end;
      item.current_period_end = periodEndAt(record.anchor, interval, record.cycle * every);
    }
  });
  invoicePeriod(world, record, 'subscription_cycle', !record.paymentFails);
  if (record.paymentFails) turnPastDue(world, record);
}

/** A charge failed on a running subscription: invoice it in vain and turn it past due. */
export function lapseStripePayment(world: World, record: StripeSubscriptionRecord): void {
  invoicePeriod(world, record, 'subscription_cycle', false);
  turnPastDue(world, record);
}

function turnPastDue(world: World, record: StripeSubscriptionRecord): void {
  record.pastDueSince = world.clock.seconds();
  record.retries = 0;
  update(world, record, () => {
    record.subscription.status = 'past_due';
  });
}

/** The open payment went through after all. */
export function recoverStripePayment(world: World, record: StripeSubscriptionRecord): void {
  record.paymentFails = false;
  if (record.subscription.status !== 'past_due') return;
  record.pastDueSince = null;
  record.retries = 0;
  const invoice = openInvoice(world, record.subscription.id);
  if (invoice !== undefined) payInvoice(world, invoice);
  update(world, record, () => {
    record.subscription.status = 'active';
  });
}

function retryPayment(world: World, record: StripeSubscriptionRecord): void {
  if (!record.paymentFails) return recoverStripePayment(world, record);
  record.retries += 1;
  const invoice = openInvoice(world, record.subscription.id);
  if (invoice !== undefined) failInvoice(world, invoice);
  if (record.retries < DUNNING_DAYS.length) return;
  record.subscription.cancellation_details = cancellation('payment_failed');
  cancelNow(world, record);
}
