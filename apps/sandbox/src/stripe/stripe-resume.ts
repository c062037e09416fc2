import { cardRefuses } from '../money/cards.js';
import type { World } from '../world.js';
import { badRequest, cardDeclined } from './stripe-errors.js';
import { emitStripe } from './stripe-events.js';
import { chargeInvoice, openInvoiceOver, payInvoice } from './stripe-invoices.js';
import { installItems, type NewCycle, restarted } from './stripe-items.js';
import { changeDrafts, periodDrafts, unusedDrafts } from './stripe-line-draft.js';
import { requireUnlockedStripe } from './stripe-lock.js';
import type { PauseParams, ResumeParams } from './stripe-pause-schemas.js';
import type { StripeLineDraft, StripeSubscriptionRecord } from './stripe-state.js';
import { prorationInstant } from './stripe-subscription-update.js';
import { update } from './stripe-subscriptions.js';
import { pauseNow } from './stripe-trial-end.js';

/**
 * Pauses at once, and gives the unused rest of the period back unless told not to.
 * @throws StripeApiError 400 unless it is active or trialing.
 */
export function pauseSubscription(world: World, record: StripeSubscriptionRecord, wish: PauseParams): void {
  requireUnlockedStripe(record);
  const { status } = record.subscription;
  if (status !== 'active' && status !== 'trialing') {
    throw badRequest(`Only active or trialing subscriptions can be paused. This one is ${status}.`);
  }
  const credit = unusedTime(world, record, wish);
  pauseNow(world, record);
  record.pendingLines.push(...credit);
  if (wish.invoicing_behavior !== 'invoice' || record.pendingLines.length === 0) return;
  chargeInvoice(world, record, openInvoiceOver(world, record, 'subscription_update', takePending(record)));
}

function unusedTime(
  world: World,
  { subscription }: StripeSubscriptionRecord,
  { bill_for: billFor }: PauseParams,
): StripeLineDraft[] {
  const from = billFor?.unused_time_from?.type ?? 'now';
  if (from === 'none' || subscription.status === 'trialing') return [];
  const items = subscription.items.data;
  if (from === 'now') return unusedDrafts(items, world.clock.seconds());
  return items.flatMap((item) => unusedDrafts([item], item.current_period_start));
}

/**
 * A paused subscription goes on. A new cycle from now is invoiced at once, with all that waited for the next invoice; an
 * unchanged one is when its period still runs, and its rest is billed unless `none` says otherwise.
 * @throws StripeApiError 400 unless paused, 402 when the card refuses; it stays paused then.
 */
export function resumeSubscription(world: World, record: StripeSubscriptionRecord, wish: ResumeParams): void {
  requireUnlockedStripe(record);
  const { subscription } = record;
  if (subscription.status !== 'paused') {
    throw badRequest('Only paused subscriptions can be resumed.', 'id', 'subscription_not_paused');
  }
  const now = world.clock.seconds();
  const isTrial = (subscription.trial_end ?? 0) > now;
  const runs = subscription.items.data.every((item) => item.current_period_end > now);
  const cycle: NewCycle =
    isTrial || (wish.billing_cycle_anchor?.type === 'unchanged' && runs) ? 'unchanged' : 'now';
  const drafts = isTrial ? [] : resumeDrafts(world, record, wish, cycle);
  const immediate = cycle === 'now' || wish.proration_behavior === 'always_invoice';
  const lines = immediate ? [...record.pendingLines, ...drafts] : [];
  const balance = world.state.stripe.customers[subscription.customer]?.balance ?? 0;
  const due = lines.reduce((sum, draft) => sum + draft.amount, 0) + balance;
  const refuses = cardRefuses(world, subscription.customer, record.paymentFails || !record.hasCard);
  if (lines.length > 0 && due > 0 && refuses) throw cardDeclined();
  update(world, record, () => {
    if (immediate) takePending(record);
    else record.pendingLines.push(...drafts);
    if (lines.length > 0) payInvoice(world, openInvoiceOver(world, record, 'subscription_cycle', lines));
    installItems(world, record, subscription.items.data, cycle);
    subscription.status = isTrial ? 'trialing' : 'active';
  });
  emitStripe(world, 'customer.subscription.resumed', subscription);
}

function resumeDrafts(
  world: World,
  record: StripeSubscriptionRecord,
  wish: ResumeParams,
  cycle: NewCycle,
): StripeLineDraft[] {
  const items = record.subscription.items.data;
  if (cycle === 'now') return periodDrafts(restarted(items, world.clock.seconds()), false);
  if (wish.proration_behavior === 'none') return [];
  return changeDrafts([], items, prorationInstant(world, record, wish.proration_date));
}

function takePending(record: StripeSubscriptionRecord): StripeLineDraft[] {
  const lines = record.pendingLines;
  record.pendingLines = [];
  return lines;
}
