import type { World } from '../world.js';
import { mergeMetadata } from './stripe-customers.js';
import { badRequest } from './stripe-errors.js';
import { billItems } from './stripe-item-billing.js';
import { changesInterval, plannedItems } from './stripe-items.js';
import { requireUnlockedStripe } from './stripe-lock.js';
import { turnPeriod } from './stripe-renewals.js';
import type { SubscriptionUpdateParams } from './stripe-schemas.js';
import type { StripeSubscriptionRecord, WireItem } from './stripe-state.js';
import { cancellation, clearCancel, periodEnd, update } from './stripe-subscriptions.js';

/** What may be changed together with a payment that is still outstanding. */
const PENDING_ALLOWED = new Set([
  'items',
  'payment_behavior',
  'proration_behavior',
  'proration_date',
  'billing_cycle_anchor',
  'trial_end',
  'off_session',
  'expand',
]);

/** Applies an update. @throws StripeApiError 400, 402, 404 and 409; nothing is changed then. */
export function updateStripeSubscription(
  world: World,
  record: StripeSubscriptionRecord,
  params: SubscriptionUpdateParams,
): void {
  const { subscription } = record;
  requireUnlockedStripe(record);
  refuseWhatCannotBe(record, params);
  const items = params.items === undefined ? undefined : plannedItems(world, record, params.items);
  const billing = items ?? (params.billing_cycle_anchor === 'now' ? subscription.items.data : undefined);
  update(world, record, () => {
    subscription.metadata = mergeMetadata(subscription.metadata, params.metadata);
    if (params.description !== undefined) subscription.description = params.description || null;
    applyCancellation(world, record, params);
    applyPause(record, params);
    if (billing !== undefined) applyItems(world, record, billing, params);
    applyTrialEnd(world, record, params.trial_end);
  });
  if (params.trial_end === 'now' && subscription.status === 'trialing') turnPeriod(world, record);
}

function refuseWhatCannotBe(record: StripeSubscriptionRecord, params: SubscriptionUpdateParams): void {
  const given = Object.keys(params);
  const harmless = ['metadata', 'cancellation_details', 'expand'];
  if (record.subscription.ended_at !== null && given.some((key) => !harmless.includes(key))) {
    throw badRequest('A canceled subscription can only update its cancellation_details and metadata.');
  }
  if (params.cancel_at !== undefined && params.cancel_at_period_end !== undefined) {
    throw badRequest('You may only specify one of these parameters: cancel_at, cancel_at_period_end.');
  }
  const stray = given.find((key) => !PENDING_ALLOWED.has(key));
  if (params.payment_behavior === 'pending_if_incomplete' && stray !== undefined) {
    const message = `When \`payment_behavior\` is \`pending_if_incomplete\`, \`${stray}\` is not supported.`;
    throw badRequest(message, stray);
  }
}

function applyItems(
  world: World,
  record: StripeSubscriptionRecord,
  items: WireItem[],
  params: SubscriptionUpdateParams,
): void {
  const { subscription } = record;
  const newCycle = params.billing_cycle_anchor === 'now' || changesInterval(subscription.items.data, items);
  const outcome = billItems(world, record, items, {
    cycle: newCycle ? 'now' : 'unchanged',
    proration: params.proration_behavior ?? 'create_prorations',
    payment: params.payment_behavior ?? 'allow_incomplete',
    at: prorationInstant(world, record, params.proration_date),
  });
  if (outcome !== 'owed') return;
  subscription.status = 'past_due';
  record.pastDueSince = world.clock.seconds();
  record.retries = 0;
}

/** @throws StripeApiError 400 on an instant outside the running period. */
export function prorationInstant(
  world: World,
  record: StripeSubscriptionRecord,
  requested: number | undefined,
): number {
  if (requested === undefined) return world.clock.seconds();
  const [item] = record.subscription.items.data;
  if (item !== undefined && (requested < item.current_period_start || requested > item.current_period_end)) {
    throw badRequest('Invalid proration_date: must be within the current billing period.', 'proration_date');
  }
  return requested;
}

function applyPause(record: StripeSubscriptionRecord, params: SubscriptionUpdateParams): void {
  const { pause_collection: pause } = params;
  if (pause === undefined) return;
  record.subscription.pause_collection =
    pause === '' ? null : { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null };
}

function applyCancellation(
  world: World,
  record: StripeSubscriptionRecord,
  params: SubscriptionUpdateParams,
): void {
  const { subscription } = record;
  const { cancel_at: at, cancel_at_period_end: atPeriodEnd } = params;
  // A cancel set through `cancel_at` survives `cancel_at_period_end: false`; only an empty `cancel_at` lifts it.
  if (at === '' || (atPeriodEnd === 'false' && subscription.cancel_at_period_end)) clearCancel(subscription);
  const when = atPeriodEnd === 'true' || typeof at === 'string' ? periodEnd(subscription) : at;
  if (at !== '' && when !== undefined && (at !== undefined || atPeriodEnd === 'true')) {
    if (when <= world.clock.seconds()) throw badRequest('`cancel_at` must be in the future.', 'cancel_at');
    subscription.cancel_at = when;
    subscription.cancel_at_period_end = atPeriodEnd === 'true';
    subscription.canceled_at = world.clock.seconds();
    subscription.cancellation_details = cancellation('cancellation_requested');
  }
  const { comment } = params.cancellation_details ?? {};
  if (comment !== undefined) {
    subscription.cancellation_details = {
      ...(subscription.cancellation_details ?? cancellation(null)),
      comment,
    };
  }
}

function applyTrialEnd(
  world: World,
  record: StripeSubscriptionRecord,
  trialEnd: 'now' | number | undefined,
): void {
  if (trialEnd === undefined || record.subscription.status !== 'trialing') return;
  const end = trialEnd === 'now' ? world.clock.seconds() : trialEnd;
  record.subscription.trial_end = end;
  record.subscription.billing_cycle_anchor = end;
  record.anchor = end;
  for (const item of record.subscription.items.data) item.current_period_end = end;
}
