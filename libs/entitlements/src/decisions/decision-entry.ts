import { type Principal, principalName } from '@tollgate/kernel';
import type { Decision, DenialReason, WireCount } from './decision.js';

/** What a decision was asked for: to pass a door, by a service call, or among many others (a snapshot, a batch). */
export type AskedFor = 'door' | 'require' | 'consume' | 'check' | 'many';

/** A decision as somebody was given it: ids and keys only, no personal data. */
export interface DecisionEntry {
  /** ISO instant of the Clock. */
  readonly at: string;
  readonly askedFor: AskedFor;
  /** Who called, e.g. `user:42`; null for nobody. */
  readonly principal: string | null;
  readonly ownerId: string | null;
  /** Null in a personal space. */
  readonly organizationId: string | null;
  readonly feature: string;
  readonly allowed: boolean;
  /** Null for an allowed one. */
  readonly reason: DenialReason | null;
  readonly plan: string | null;
  /** Null for a denied one. */
  readonly source: string | null;
  readonly limit?: WireCount;
  readonly used?: WireCount;
  readonly requested?: WireCount;
  readonly stale?: true;
}

/** Hears of every decision, after it was made: it cannot change it. Called for each one, so it had better be quick. */
export type DecisionListener = (entry: DecisionEntry) => void;

/** Who asked, as far as it is worth noting. */
export interface NotedCaller {
  readonly principal: Principal | null;
  readonly organizationId: string | null;
}

/** The entry of a decision that was given at an instant. */
export function decisionEntry(
  askedFor: AskedFor,
  { principal, organizationId }: NotedCaller,
  decision: Decision,
  at: Date,
): DecisionEntry {
  const { feature, ownerId = null, plan = null, allowed, used, stale } = decision;
  const limit = decision.limit ?? undefined;
  const requested = decision.allowed ? undefined : decision.requested;
  return {
    at: at.toISOString(),
    askedFor,
    principal: principal && principalName(principal),
    ownerId,
    organizationId,
    feature,
    allowed,
    reason: decision.allowed ? null : decision.reason,
    plan,
    source: decision.allowed ? decision.source : null,
    ...(limit !== undefined && { limit }),
    ...(used !== undefined && { used }),
    ...(requested !== undefined && { requested }),
    ...(stale && { stale }),
  };
}
