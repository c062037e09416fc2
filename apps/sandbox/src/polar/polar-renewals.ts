import { addInterval } from '../clock/add-interval.js';
import type { Due } from '../clock/timeline.js';
import type { World } from '../world.js';
import { billPeriod, openOrder, settleOrder } from './polar-orders.js';
import { applyPending } from './polar-plan-change.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { endSubscription, touch } from './polar-subscriptions.js';

const DAY_MS = 86_400_000;
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
  if (status !== 'past_due' || !pastDueAt) return undefined;
  const days = DUNNING_DAYS[record.retries];
  const retry = days === undefined ? Infinity : Date.parse(pastDueAt) + days * DAY_MS;
  // A scheduled cancel ends a past-due subscription too, when its period does.
  const ends = record.subscription.cancel_at_period_end ? Date.parse(end) : Infinity;
  if (ends <= retry && ends !== Infinity) return { at: ends, run: () => endSubscription(world, record) };
  return retry === Infinity ? undefined : { at: retry, run: () => retryPayment(world, record) };
}

function turnPeriod(world: World, record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  if (subscription.cancel_at_period_end) return endSubscription(world, record);
  subscription.status = 'active';
  applyPending(world, record);
  // The period moves before the money does: a past-due subscription already stands in its next period.
  advancePeriod(record);
  if (record.paymentFails) return lapsePayment(world, record, true);
  touch(world, record, 'subscription.cycled', 'subscription.updated');
  billPeriod(world, record, 'subscription_cycle', true);
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

/** The charge failed: past due from now, with an order left open. */
export function lapsePayment(world: World, record: PolarSubscriptionRecord, renewed: boolean): void {
  record.subscription.status = 'past_due';
  record.subscription.past_due_at = world.clock.iso();
  record.retries = 0;
  if (renewed) touch(world, record, 'subscription.cycled', 'subscription.updated', 'subscription.past_due');
  else touch(world, record, 'subscription.updated', 'subscription.past_due');
  billPeriod(world, record, 'subscription_cycle', false);
}

/** The open payment went through after all. */
export function recoverPayment(world: World, record: PolarSubscriptionRecord): void {
  record.paymentFails = false;
  if (record.subscription.status !== 'past_due') return;
  record.subscription.status = 'active';
  record.subscription.past_due_at = null;
  record.retries = 0;
  const order = openOrder(world, record.subscription.id);
  touch(world, record, 'subscription.updated', 'subscription.active');
  if (order !== undefined) settleOrder(world, order);
}

function retryPayment(world: World, record: PolarSubscriptionRecord): void {
  if (!record.paymentFails) return recoverPayment(world, record);
  record.retries += 1;
  if (record.retries >= DUNNING_DAYS.length) endSubscription(world, record);
}
