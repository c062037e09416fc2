import { addInterval, type Interval } from '../clock/add-interval.js';
import { cardIsDead, cardRefuses } from '../money/cards.js';
import { prorateChange } from '../money/proration.js';
import type { World } from '../world.js';
import { refused } from './polar-errors.js';
import { orderAmounts } from './polar-order-lines.js';
import { openOrderOver, settleOrder } from './polar-orders.js';
import type { PolarBillingEntry, PolarSubscriptionRecord } from './polar-state.js';
import { touch } from './polar-subscriptions.js';

/** A change of terms that takes effect at once. */
export interface ImmediateChange {
  label: string;
  /** Minor units for one whole period at the new terms. */
  amount: number;
  priceId: string | null;
  /** A new period begins with the change (another interval, or a reset); null keeps the running one. */
  restart: { interval: Interval; count: number } | null;
  /** When the difference is billed. */
  at: 'now' | 'next order';
  /** Writes the new terms. */
  apply(): void;
}

/**
 * Prorates a change, takes the money when it is due now, applies it and tells the world.
 * @throws PolarApiError 402 when the card refuses; nothing is changed then.
 */
export function chargeChange(world: World, record: PolarSubscriptionRecord, change: ImmediateChange): void {
  const { subscription } = record;
  const entries = subscription.status === 'trialing' ? [] : prorationEntries(world, record, change);
  const billed = change.at === 'now' ? [...record.billingEntries, ...entries] : [];
  const total = billed.reduce((sum, entry) => sum + entry.amount, 0);
  const credit = world.state.polar.balances[subscription.customer_id] ?? 0;
  const due = orderAmounts(total, credit).due_amount;
  const { customer_id: customer } = subscription;
  const refuses = due > 0 && cardRefuses(world, customer, record.paymentFails);
  // An unpayable subscription cannot grow either when the difference is billed later.
  const dead = change.at === 'next order' && cardIsDead(world, customer, record.paymentFails);
  if (refuses || dead) {
    throw refused(402, { error: 'PaymentFailed', detail: 'The payment could not be completed.' });
  }
  record.billingEntries = change.at === 'now' ? [] : [...record.billingEntries, ...entries];
  change.apply();
  touch(world, record, 'subscription.updated');
  if (billed.length === 0) return;
  settleOrder(world, openOrderOver(world, record, 'subscription_update', billed));
}

/** The rest of the running period given back at the old terms and taken at the new, or a whole new period. */
function prorationEntries(
  world: World,
  record: PolarSubscriptionRecord,
  change: ImmediateChange,
): PolarBillingEntry[] {
  const { subscription } = record;
  const at = world.clock.nowMs();
  const { current_period_start: start, current_period_end: end } = subscription;
  const window = { start: Date.parse(start), end: Date.parse(end), at };
  const { credit, debit } = prorateChange(subscription.amount, change.amount, window);
  const now = new Date(at);
  const { restart } = change;
  const until = restart === null ? end : addInterval(now, restart.interval, restart.count).toISOString();
  const since = world.clock.iso();
  const entries: PolarBillingEntry[] = [
    {
      label: 'Unused time on the previous terms',
      amount: credit,
      proration: true,
      priceId: subscription.prices[0]?.id ?? null,
      start: since,
      end,
    },
    {
      label: change.label,
      amount: restart === null ? debit : change.amount,
      proration: restart === null,
      priceId: change.priceId,
      start: since,
      end: until,
    },
  ];
  return entries.filter((entry) => entry.amount !== 0);
}

/** A new period begins at once at the subscription's present interval. */
export function restartPeriod(record: PolarSubscriptionRecord, now: string): void {
  const { subscription } = record;
  const { recurring_interval: interval, recurring_interval_count: count } = subscription;
  record.anchor = now;
  record.cycle = 1;
  subscription.current_period_start = now;
  subscription.current_period_end = addInterval(new Date(now), interval, count).toISOString();
}
