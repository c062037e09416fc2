import { z } from 'zod';
import type { World } from '../world.js';
import { requireChangeable, requireUnlocked } from './polar-change-rules.js';
import { invalid, parsePolar } from './polar-errors.js';
import { schedulePause } from './polar-pauses.js';
import { changeProduct, changeSeats, clearPending } from './polar-plan-change.js';
import { resumeCycle } from './polar-renewals.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { subscriptionVariants as variants } from './polar-subscription-schemas.js';
import {
  alreadyCanceled,
  revokeSubscription,
  scheduleCancel,
  touch,
  undoCancel,
} from './polar-subscriptions.js';

const anyObject = z.record(z.string(), z.unknown());

/**
 * Applies one variant of the documented union.
 * @throws PolarApiError 422 on a body that is no variant or mixes two, 402, 403 and 409 as Polar refuses.
 */
export function patchSubscription(world: World, record: PolarSubscriptionRecord, body: unknown): void {
  const given = parsePolar(anyObject, body, 'body');
  requireUnlocked(record);
  if ('cancel_at_period_end' in given) return cancelOrUndo(world, record, given);
  if ('revoke' in given) {
    parsePolar(variants.revoke, given, 'body');
    return revokeSubscription(world, record);
  }
  if ('seats' in given) {
    const { seats, proration_behavior: proration } = parsePolar(variants.seats, given, 'body');
    return changeSeats(world, record, seats, proration ?? undefined);
  }
  if ('pending_update' in given) {
    parsePolar(variants.clear, given, 'body');
    return clearPending(world, record);
  }
  if ('pause_at_period_end' in given) {
    const wish = parsePolar(variants.pause, given, 'body');
    requireChangeable(record);
    return schedulePause(world, record, {
      pause: wish.pause_at_period_end,
      resumesAt: wish.resumes_at ?? null,
    });
  }
  if ('resume' in given) {
    parsePolar(variants.resume, given, 'body');
    if (record.subscription.status !== 'paused')
      throw invalid(['body', 'resume'], 'This subscription is not paused.', true);
    return resumeCycle(world, record);
  }
  if ('units' in given) {
    const { units } = parsePolar(variants.units, given, 'body');
    throw invalid(['body', 'units'], 'This subscription is not unit-based.', units);
  }
  if ('current_billing_period_end' in given) return movePeriodEnd(world, record, given);
  return changeBase(world, record, given);
}

function cancelOrUndo(world: World, record: PolarSubscriptionRecord, given: unknown): void {
  const input = parsePolar(variants.cancel, given, 'body');
  if (!input.cancel_at_period_end) return undoCancel(world, record);
  const { customer_cancellation_reason: reason, customer_cancellation_comment: comment } = input;
  return scheduleCancel(world, record, { reason: reason ?? null, comment: comment ?? null });
}

function movePeriodEnd(world: World, record: PolarSubscriptionRecord, given: unknown): void {
  const { current_billing_period_end: end } = parsePolar(variants.period, given, 'body');
  if (record.subscription.ended_at !== null) throw alreadyCanceled();
  if (Date.parse(end) <= world.clock.nowMs()) {
    throw invalid(['body', 'current_billing_period_end'], 'The period must end in the future.', end);
  }
  record.subscription.current_period_end = new Date(end).toISOString();
  if (record.subscription.cancel_at_period_end)
    record.subscription.ends_at = record.subscription.current_period_end;
  // Later periods count from here: the renewal that ends this one adds the first.
  record.anchor = record.subscription.current_period_end;
  record.cycle = 0;
  touch(world, record, 'subscription.updated');
}

function changeBase(world: World, record: PolarSubscriptionRecord, given: Record<string, unknown>): void {
  const input = parsePolar(variants.base, given, 'body');
  if (Object.keys(given).length === 0) throw invalid(['body'], 'At least one field is required.');
  if (input.metadata !== undefined) record.subscription.metadata = { ...input.metadata };
  if (input.trial_end) endTrialAt(world, record, input.trial_end);
  if (input.product_id && input.product_id !== record.subscription.product_id) {
    return changeProduct(world, record, input.product_id, input.proration_behavior ?? undefined);
  }
  touch(world, record, 'subscription.updated');
}

function endTrialAt(world: World, record: PolarSubscriptionRecord, trialEnd: string): void {
  const { subscription } = record;
  if (subscription.status !== 'trialing') {
    throw invalid(['body', 'trial_end'], 'Only a trialing subscription can change its trial.', trialEnd);
  }
  const end = trialEnd === 'now' ? world.clock.iso() : new Date(trialEnd).toISOString();
  subscription.trial_end = end;
  subscription.current_period_end = end;
  record.anchor = end;
}
