import type { Due } from '../clock/timeline.js';
import type { World } from '../world.js';
import { invalid } from './polar-errors.js';
import type { PolarSubscriptionRecord } from './polar-state.js';
import { touch } from './polar-subscriptions.js';

/** Schedules a pause for the period's end, or takes it back. @throws PolarApiError 422 on a resume before that end. */
export function schedulePause(
  world: World,
  record: PolarSubscriptionRecord,
  wish: { pause: boolean; resumesAt: string | null },
): void {
  const { subscription } = record;
  const { pause, resumesAt } = wish;
  if (resumesAt !== null && Date.parse(resumesAt) <= Date.parse(subscription.current_period_end)) {
    throw invalid(['body', 'resumes_at'], 'Must be after the current period end.', resumesAt);
  }
  subscription.pause_at_period_end = pause;
  subscription.resumes_at = pause && resumesAt !== null ? new Date(resumesAt).toISOString() : null;
  touch(world, record, 'subscription.updated');
}

/** The scheduled pause begins with the end of the period. */
export function pauseNow(world: World, record: PolarSubscriptionRecord): void {
  const { subscription } = record;
  subscription.pause_at_period_end = false;
  subscription.status = 'paused';
  subscription.paused_at = world.clock.iso();
  touch(world, record, 'subscription.updated', 'subscription.paused');
}

/** When a paused subscription goes on by itself. */
export function nextPauseTurn(record: PolarSubscriptionRecord, run: () => void): Due | undefined {
  const { resumes_at: at } = record.subscription;
  return at === null ? undefined : { at: Date.parse(at), run };
}
