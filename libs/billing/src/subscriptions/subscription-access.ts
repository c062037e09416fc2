import type { LapsedWord } from '@tollgate/entitlements';
import type { SubscriptionStatus } from '../providers/provider-subscription.js';
import { graceUntil } from './grace-period.js';

/** What access looks at. */
export interface AccessFacts {
  readonly status: SubscriptionStatus;
  readonly startedAt: Date | null;
  readonly currentPeriodStart: Date | null;
  readonly currentPeriodEnd: Date | null;
  readonly trialEnd: Date | null;
  readonly cancelAt: Date | null;
  readonly canceledAt: Date | null;
  readonly endedAt: Date | null;
  readonly pastDueSince: Date | null;
  /** When a pause begins that is only scheduled; null when none is. */
  readonly pausesAt: Date | null;
}

/** Access to the paid plan until `to` (exclusive), and the word to say afterwards. */
export interface Access {
  readonly to: Date | null;
  readonly graceSince: Date | null;
  readonly lapsed: LapsedWord | null;
}

/**
 * How long the last known state carries on while the provider cannot be asked at an edge. An hour's outage must
 * not lock out a customer who has paid; a day's forgetfulness is what we are ready to give away.
 */
export const EDGE_SLACK_MS = 24 * 60 * 60 * 1000;

/**
 * Until when a subscription gives access, as a pure function of what the provider said last.
 * `past_due` never looks at the period end: both providers move it forward before the renewal is paid.
 */
export function subscriptionAccess(facts: AccessFacts, graceDays: number, now: Date): Access {
  const access = accessByStatus(facts, graceDays, now);
  // What was scheduled ends access to the second, whatever else would go on longer; an end counts before a pause.
  return endedBy(endedBy(access, facts.cancelAt, 'canceled'), facts.pausesAt, 'paused');
}

function endedBy(access: Access, at: Date | null, lapsed: LapsedWord): Access {
  return at && (access.to === null || at < access.to) ? { ...access, to: at, lapsed } : access;
}

function accessByStatus(facts: AccessFacts, graceDays: number, now: Date): Access {
  switch (facts.status) {
    case 'trialing':
      return { to: slackAfter(facts.trialEnd), graceSince: null, lapsed: 'trial_ended' };
    case 'active':
      return { to: slackAfter(facts.currentPeriodEnd), graceSince: null, lapsed: 'expired' };
    case 'past_due': {
      const since = facts.pastDueSince ?? now;
      return { to: graceUntil(since, graceDays), graceSince: since, lapsed: 'payment_past_due' };
    }
    case 'unpaid':
      return { to: now, graceSince: null, lapsed: 'payment_past_due' };
    case 'paused':
      return { to: now, graceSince: null, lapsed: 'paused' };
    case 'canceled':
      return {
        to: facts.endedAt ?? now,
        graceSince: null,
        lapsed: endedWithTrial(facts) ? 'trial_ended' : 'canceled',
      };
    case 'incomplete':
    case 'incomplete_expired':
      return { to: now, graceSince: null, lapsed: null };
  }
}

/** Whether it ended because nobody paid after the trial: it never came to a period of its own, and nobody had canceled. */
function endedWithTrial({ trialEnd, currentPeriodEnd, canceledAt, endedAt }: AccessFacts): boolean {
  if (trialEnd === null || endedAt === null || endedAt < trialEnd) return false;
  const wasPaid = currentPeriodEnd !== null && currentPeriodEnd > trialEnd;
  return !wasPaid && (canceledAt === null || canceledAt >= trialEnd);
}

function slackAfter(edge: Date | null): Date | null {
  return edge && new Date(edge.getTime() + EDGE_SLACK_MS);
}

/** How soon to ask again when an edge has passed and the provider has not moved on. */
const PAST_EDGE_MS = 60 * 60 * 1000;

const OVER: ReadonlySet<SubscriptionStatus> = new Set<SubscriptionStatus>(['canceled', 'incomplete_expired']);

/**
 * When the provider is to be asked again without an event: at the next trial end, period end, scheduled
 * cancellation or pause; hourly while one has passed without the provider moving on; never once it is over.
 */
export function nextLook(facts: AccessFacts, now: Date): Date | null {
  if (facts.endedAt || OVER.has(facts.status)) return null;
  const { cancelAt, pausesAt } = facts;
  const edges = [facts.status === 'trialing' ? facts.trialEnd : facts.currentPeriodEnd, cancelAt, pausesAt];
  const times = edges.flatMap((edge) => (edge ? [edge.getTime()] : []));
  if (times.length === 0) return null;
  const next = Math.min(...times);
  return new Date(next > now.getTime() ? next : now.getTime() + PAST_EDGE_MS);
}
