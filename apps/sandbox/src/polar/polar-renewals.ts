import { addInterval } from '../clock/add-interval.js';
import { dayAfter } from '../clock/day-after.js';
import type { Due } from '../clock/timeline.js';
import { mendCard } from '../money/cards.js';
import type { World } from '../world.js';
import { chargeOrder, openOrder, openOrderOver, openPeriodOrder, settleOrder } from './polar-orders.js';
import { nextPauseTurn, pauseNow } from './polar-pauses.js';
import { applyPending } from './polar-plan-change.js';
import type { PolarSubscriptionRecord, StoredPolarOrder } from './polar-state.js';
import { endSubscription, touch } from './polar-subscriptions.js';

/** Days after the failed charge on which Polar tries again; after the last one it revokes. */
const DUNNING_DAYS = [2, 7, 14, 21] as const;

/** The earliest thing that any subscription has coming. */
export function nextRenewal(world: World): Due | undefined {
  let earliest: Due | undefined;
  for (const record of Object.values(world.state.polar.subscriptions)) {
    const due = dueOf(world, record);
    if (due !== undefined && (earliest === undefined || due.at < earliest.at)) earliest = due;
  }
  return earliest;
}

function dueOf(world: World, record: PolarSubscriptionRecord): Due | undefined {
  const { status, current_period_end: end, past_due_at: pastDueAt } = record.subscription;
  if (status === 'active' || status === 'trialing')
    return { at: Date.parse(end), run: () => turnPeriod(world, record) };
  if (status === 'paused') return nextPauseTurn(record, () => resumeCycle(world, record));
  if (status !== 'past_due' || !pastDueAt) return undefined;
  const days = DUNNING_DAYS[record.retries];
  const retry = days === undefined ? Infinity : dayAfter(pastDueAt, days);
  // A scheduled cancel ends a past-due subscription too, when its period does.
  const ends = record.subscription.cancel_at_period_end ? Date.parse(end) : Infinity;
  if (ends <= retry && ends !== Infinity) return { at: ends, run: () => endSubscription(world, record) };
  return retry === Infinity ? undefined : { at: retry, run: () => retryPayment(world, record) };
}

function turnPeriod(world: World, record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  if (subscription.cancel_at_period_end) return endWithPeriod(world, record);
  if (subscription.pause_at_period_end) return pauseNow(world, record);
  subscription.status = 'active';
  applyPending(world, record);
  // The period moves before the money does: a past-due subscription already stands in its next period.
  advancePeriod(record);
  touch(world, record, 'subscription.cycled', 'subscription.updated');
  billCycle(world, record);
}

/** A scheduled cancel comes: what waited for the next order is billed by a last one. */
function endWithPeriod(world: World, record: PolarSubscriptionRecord): void {
  const entries = record.billingEntries;
  record.billingEntries = [];
  endSubscription(world, record);
  if (entries.length === 0) return;
  chargeOrder(world, record, openOrderOver(world, record, 'subscription_cycle', entries));
}

/** A paused subscription goes on: a new period from now, billed at once. */
export function resumeCycle(world: World, record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  const now = world.clock.iso();
  record.anchor = now;
  record.cycle = 0;
  subscription.status = 'active';
  subscription.paused_at = null;
  subscription.resumes_at = null;
  subscription.current_period_end = now;
  advancePeriod(record);
  touch(world, record, 'subscription.updated', 'subscription.resumed');
  billCycle(world, record);
}

function billCycle(world: World, record: PolarSubscriptionRecord): void {
  const order = openPeriodOrder(world, record, 'subscription_cycle');
  if (!chargeOrder(world, record, order)) lapse(world, record, order);
}

function advancePeriod(record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  record.cycle += 1;
  const anchor = new Date(record.anchor);
  const count = subscription.recurring_interval_count;
  subscription.current_period_start = subscription.current_period_end;
  subscription.current_period_end = addInterval(
    anchor,
    subscription.recurring_interval,
    record.cycle * count,
  ).toISOString();
}

/** A charge fails out of turn: past due from now, with an order left open. */
export function lapsePayment(world: World, record: PolarSubscriptionRecord): void {
  lapse(world, record, openPeriodOrder(world, record, 'subscription_cycle'));
}

function lapse(world: World, record: PolarSubscriptionRecord, order: StoredPolarOrder): void {
  const now = world.clock.iso();
  record.subscription.status = 'past_due';
  record.subscription.past_due_at = now;
  record.retries = 0;
  order.next_payment_attempt_at = new Date(dayAfter(now, DUNNING_DAYS[0])).toISOString();
  touch(world, record, 'subscription.updated', 'subscription.past_due');
}

/** The card works again and the open payment goes through. */
export function recoverPayment(world: World, record: PolarSubscriptionRecord): void {
  record.paymentFails = false;
  mendCard(world, record.subscription.customer_id);
  if (record.subscription.status === 'past_due') settleLapse(world, record);
}

function settleLapse(world: World, record: PolarSubscriptionRecord): void {
  const order = openOrder(world, record.subscription.id);
  record.subscription.status = 'active';
  record.subscription.past_due_at = null;
  record.retries = 0;
  touch(world, record, 'subscription.updated', 'subscription.active');
  if (order !== undefined) settleOrder(world, order);
}

function retryPayment(world: World, record: PolarSubscriptionRecord): void {
  const order = openOrder(world, record.subscription.id);
  if (order === undefined || chargeOrder(world, record, order)) return settleLapse(world, record);
  record.retries += 1;
  const next = DUNNING_DAYS[record.retries];
  const since = record.subscription.past_due_at ?? world.clock.iso();
  order.next_payment_attempt_at = next === undefined ? null : new Date(dayAfter(since, next)).toISOString();
  if (next === undefined) endSubscription(world, record, world.settings.polarDunningEnd);
}
