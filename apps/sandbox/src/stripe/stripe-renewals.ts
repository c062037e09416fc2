import type { Due } from '../clock/timeline.js';
import { mendCard } from '../money/cards.js';
import type { World } from '../world.js';
import { endAsScheduled } from './stripe-cancel.js';
import { collectPeriod } from './stripe-collection.js';
import { emitStripe } from './stripe-events.js';
import { chargeInvoice, openInvoice, openPeriodInvoice, payInvoice, voidInvoice } from './stripe-invoices.js';
import { applyPendingUpdate, expirePendingUpdate } from './stripe-pending-update.js';
import type { StripeSubscriptionRecord, WireInvoice } from './stripe-state.js';
import { activate } from './stripe-subscription-begin.js';
import { periodEndAt } from './stripe-subscription-create.js';
import { cancellation, cancelNow, periodEnd, update } from './stripe-subscriptions.js';
import { endTrialWithoutCard } from './stripe-trial-end.js';

const DAY = 86_400;
const FIRST_PAYMENT_WINDOW = 23 * 3600;
/** Days after the failed charge on which Stripe tries again; after the last one the account's rule decides. */
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
  if (cancelAt !== null) at(cancelAt, () => endAsScheduled(world, record));
  if (status === 'trialing' && trialEnd !== null && !record.trialWarned) {
    at(Math.max(trialEnd - TRIAL_WARNING, subscription.created), () => warnOfTrialEnd(world, record));
  }
  if (status === 'active' || status === 'trialing')
    at(periodEnd(subscription), () => turnPeriod(world, record));
  if (status === 'incomplete')
    at(subscription.created + FIRST_PAYMENT_WINDOW, () => expireFirstPayment(world, record));
  const resumes = subscription.pause_collection?.resumes_at ?? null;
  if (resumes !== null) at(resumes, () => resumeCollection(world, record));
  if (subscription.pending_update !== null)
    at(subscription.pending_update.expires_at, () => expirePendingUpdate(world, record));
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

/** The period ends: a scheduled cancel, a trial without a card, or a new period and its invoice. */
export function turnPeriod(world: World, record: StripeSubscriptionRecord): void {
  const { subscription } = record;
  if (subscription.cancel_at_period_end) return endAsScheduled(world, record);
  if (subscription.status === 'trialing' && !record.hasCard && endTrialWithoutCard(world, record)) return;
  record.cycle += 1;
  update(world, record, () => {
    subscription.status = 'active';
    for (const item of subscription.items.data) {
      const { interval = 'month', interval_count: every = 1 } = item.price.recurring ?? {};
      item.current_period_start = item.current_period_end;
      item.current_period_end = periodEndAt(record.anchor, interval, record.cycle * every);
    }
  });
  if (!collectPeriod(world, record)) turnPastDue(world, record);
}

/** A charge failed on a running subscription: invoice it in vain and turn it past due. */
export function lapseStripePayment(world: World, record: StripeSubscriptionRecord): void {
  chargeInvoice(world, record, openPeriodInvoice(world, record, 'subscription_cycle'));
  turnPastDue(world, record);
}

/** Dunning begins now: retries are counted from this second. */
export function turnPastDue(world: World, record: StripeSubscriptionRecord): void {
  const now = world.clock.seconds();
  record.pastDueSince = now;
  record.retries = 0;
  setNextAttempt(openInvoice(world, record.subscription.id), now + DUNNING_DAYS[0] * DAY);
  update(world, record, () => {
    record.subscription.status = 'past_due';
  });
}

/** The card works again: the open payment goes through, and what waited for it comes into force. */
export function recoverStripePayment(world: World, record: StripeSubscriptionRecord): void {
  const { subscription } = record;
  record.paymentFails = false;
  record.hasCard = true;
  mendCard(world, subscription.customer);
  const invoice = openInvoice(world, subscription.id);
  if (subscription.pending_update !== null && invoice !== undefined) {
    payInvoice(world, invoice);
    return applyPendingUpdate(world, record);
  }
  const open = ['past_due', 'unpaid', 'incomplete'];
  if (!open.includes(subscription.status)) return;
  if (invoice !== undefined) payInvoice(world, invoice);
  settleLapse(world, record);
}

function settleLapse(world: World, record: StripeSubscriptionRecord): void {
  record.pastDueSince = null;
  record.retries = 0;
  activate(world, record);
}

function retryPayment(world: World, record: StripeSubscriptionRecord): void {
  const invoice = openInvoice(world, record.subscription.id);
  if (invoice === undefined || chargeInvoice(world, record, invoice)) return settleLapse(world, record);
  record.retries += 1;
  const next = DUNNING_DAYS[record.retries];
  setNextAttempt(invoice, next === undefined ? null : (record.pastDueSince ?? 0) + next * DAY);
  if (next === undefined) giveUp(world, record);
}

function giveUp(world: World, record: StripeSubscriptionRecord): void {
  const end = world.settings.stripeDunningEnd;
  if (end === 'canceled') {
    record.subscription.cancellation_details = cancellation('payment_failed');
    return cancelNow(world, record);
  }
  record.pastDueSince = null;
  update(world, record, () => {
    record.subscription.status = end;
  });
}

function setNextAttempt(invoice: WireInvoice | undefined, at: number | null): void {
  if (invoice !== undefined) invoice.next_payment_attempt = at;
}

function expireFirstPayment(world: World, record: StripeSubscriptionRecord): void {
  const invoice = openInvoice(world, record.subscription.id);
  if (invoice !== undefined) voidInvoice(world, invoice);
  update(world, record, () => {
    record.subscription.status = 'incomplete_expired';
    record.subscription.ended_at = world.clock.seconds();
  });
}

function resumeCollection(world: World, record: StripeSubscriptionRecord): void {
  update(world, record, () => {
    record.subscription.pause_collection = null;
  });
}
