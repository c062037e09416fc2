import type { z } from 'zod';
import type { SubscriptionView } from '../../account/subscription-view.js';
import type { allowedView, deniedView } from '../../check/decision.schemas.js';

type Decision = z.infer<typeof allowedView> | z.infer<typeof deniedView>;

/** A movement of money at the provider. */
export interface Movement {
  readonly kind: 'charge' | 'failed' | 'credit' | 'refund' | 'dispute';
  /** Minor units. */
  readonly amount: number;
}

/** What stands after a step: the subscription, the money since the step before, and what the gate says. */
export interface Facts {
  readonly plan: string;
  readonly status: string;
  readonly seats: number | null;
  /** Minor units of one period; null on plans that cost nothing. */
  readonly amount: number | null;
  readonly interval: 'month' | 'year' | null;
  /** Instants are ISO strings. */
  readonly periodEnd: string | null;
  readonly trialEnd: string | null;
  readonly cancelAt: string | null;
  readonly graceUntil: string | null;
  /** What a pending change turns the subscription into: `team, 4 seats`. */
  readonly toCome: string | null;
  readonly toComeAt: string | null;
  /** Minor units that were charged, and that a card refused, since the step before. */
  readonly paid: number;
  readonly refused: number;
  /** `1/25` while one more fits, `4/3 full` otherwise. */
  readonly workflows: string;
  /** `yes`, `yes, in grace`, or `no:` with the reason. */
  readonly ai: string;
  readonly support: string;
}

/** What the provider and the API said about one moment. */
export interface Observed {
  readonly subscription: SubscriptionView;
  readonly movements: readonly Movement[];
  readonly workflows: Decision;
  readonly ai: Decision;
  readonly support: Decision;
}

/** Puts what was observed into the words of {@link Facts}. */
export function factsOf({ subscription, movements, workflows, ai, support }: Observed): Facts {
  const { pendingChange: pending, amount, currentPeriodEnd } = subscription;
  const sum = (kind: Movement['kind']) =>
    movements.filter((one) => one.kind === kind).reduce((total, one) => total + one.amount, 0);
  return {
    plan: subscription.plan,
    status: subscription.status,
    seats: subscription.seats,
    amount: amount === null ? null : Number(amount),
    interval: subscription.interval,
    periodEnd: currentPeriodEnd,
    trialEnd: subscription.trialEnd,
    cancelAt: subscription.cancelAt,
    graceUntil: subscription.graceUntil,
    toCome: pending && (pending.seats === null ? pending.plan : `${pending.plan}, ${pending.seats} seats`),
    toComeAt: pending?.effectiveAt ?? null,
    paid: sum('charge'),
    refused: sum('failed'),
    workflows: `${workflows.used ?? '?'}/${sayLimit(workflows)}${workflows.allowed ? '' : ' full'}`,
    ai: sayDecision(ai),
    support: sayDecision(support),
  };
}

function sayLimit({ limit }: Decision): string {
  return limit === -1 ? 'unlimited' : String(limit ?? '?');
}

function sayDecision(decision: Decision): string {
  if (decision.allowed) return decision.inGrace === true ? 'yes, in grace' : 'yes';
  return `no: ${decision.lapsed ?? decision.reason}`;
}

/** What is not as expected: `status is active, not past_due`. Empty when all is. `no` expects a no of any reason. */
export function differences(found: Facts, expected: Partial<Facts>): string[] {
  return (Object.keys(expected) as (keyof Facts)[])
    .filter((key) => !fits(found[key], expected[key]))
    .map((key) => `${key} is ${String(found[key])}, not ${String(expected[key])}`);
}

function fits(found: Facts[keyof Facts], expected: Facts[keyof Facts] | undefined): boolean {
  return found === expected || (expected === 'no' && String(found).startsWith('no: '));
}
