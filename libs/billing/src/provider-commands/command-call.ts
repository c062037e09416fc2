import type { ChangeTime, PlanChange, SeatChange } from '../providers/provider-changes.js';
import type { ProviderSubscription } from '../providers/provider-subscription.js';
import { standingAt } from '../providers/standing-at.js';

/** What a provider is to do about one subscription, as it stands in the outbox. */
export type CommandCall =
  | ({ readonly verb: 'change_plan' } & Omit<PlanChange, 'intentKey'>)
  | ({ readonly verb: 'set_seats' } & Omit<SeatChange, 'intentKey'>)
  | { readonly verb: 'schedule_cancel' | 'undo_cancel' | 'resume' | 'revoke' | 'drop_pending_change' }
  | { readonly verb: 'pause'; /** ISO instant, null until resumed. */ readonly resumesAt: string | null };

/** See {@link CommandCall}. */
export type CommandVerb = CommandCall['verb'];

const CHANGES: readonly CommandVerb[] = ['change_plan', 'drop_pending_change', 'set_seats'];
const ENDS: readonly CommandVerb[] = ['schedule_cancel', 'undo_cancel'];
const PAUSES: readonly CommandVerb[] = ['pause', 'resume'];

/** What a later command makes pointless. Plan, seats and what is pending are one subject: the last wish about them counts. */
const REPLACED: Readonly<Record<CommandVerb, readonly CommandVerb[]>> = {
  change_plan: CHANGES,
  set_seats: CHANGES,
  drop_pending_change: CHANGES,
  schedule_cancel: ENDS,
  undo_cancel: ENDS,
  pause: PAUSES,
  resume: PAUSES,
  revoke: [...CHANGES, ...ENDS, ...PAUSES, 'revoke'],
};

/** The verbs whose waiting commands a new one replaces: the latest wish about one subject counts. */
export function verbsReplacedBy(verb: CommandVerb): readonly CommandVerb[] {
  return REPLACED[verb];
}

/** Whether what is asked for takes place when the period ends. */
export function isForPeriodEnd(call: CommandCall): boolean {
  return 'when' in call && call.when === 'period_end';
}

/**
 * Whether the provider's answer already shows what the call asks for. Asked before a call is repeated whose outcome
 * is unknown: then it is not made a second time.
 */
export function isFulfilled(call: CommandCall, now: ProviderSubscription): boolean {
  const { pendingChange } = now;
  switch (call.verb) {
    case 'change_plan':
      return isAsWished(now, call);
    case 'set_seats':
      return isAsWished(now, { ...call, priceRef: now.priceRef });
    case 'schedule_cancel':
      return now.cancelAt !== null || now.endedAt !== null;
    case 'undo_cancel':
      return now.cancelAt === null && now.endedAt === null;
    case 'drop_pending_change':
      return pendingChange === null;
    case 'pause':
      return isPausing(now) && (now.resumesAt?.toISOString() ?? null) === call.resumesAt;
    case 'resume':
      return !isPausing(now);
    case 'revoke':
      return now.endedAt !== null;
  }
}

/** A change that takes place now leaves nothing pending. */
function isAsWished(
  now: ProviderSubscription,
  { when, ...wished }: { when: ChangeTime; priceRef: string | null; seats: number | null },
): boolean {
  if (when === 'now' && now.pendingChange !== null) return false;
  const { priceRef, seats } = standingAt(now, when);
  return priceRef === wished.priceRef && (wished.seats === null || seats === wished.seats);
}

/** Whether it is paused, or will be. */
function isPausing({ status, pausedAt, pausesAt }: ProviderSubscription): boolean {
  return status === 'paused' || pausedAt !== null || pausesAt !== null;
}
