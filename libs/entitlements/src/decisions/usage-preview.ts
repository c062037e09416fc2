import type { Decision, WireCount } from './decision.js';

/** A quota or capacity as numbers; a preview that counts nothing. */
export interface UsagePreview {
  /** `Infinity` only when it is explicitly unlimited; 0 when denied for any other reason than the limit. */
  readonly limit: number;
  readonly current: number;
  /** Never below zero. */
  readonly remaining: number;
  /** Whether one more fits. */
  readonly canUse: boolean;
}

const UNLIMITED = -1;

/**
 * The limit as a number: `Infinity` only for explicitly unlimited. What is denied, or carries no limit at all, gives
 * 0: an absent limit is never an unlimited one.
 */
export function limitOf({ limit }: Pick<Decision, 'limit'>): number {
  const number = numberOf(limit);
  return number === UNLIMITED ? Infinity : number;
}

/** The limit of a decision, with what is used of it. */
export function usagePreview(decision: Decision): UsagePreview {
  const limit = limitOf(decision);
  const current = numberOf(decision.used);
  const remaining = Math.max(0, limit - current);
  return { limit, current, remaining, canUse: decision.allowed && remaining > 0 };
}

/** Beyond 2^53 counts travel as text; a preview may round them. */
function numberOf(count: WireCount | null | undefined): number {
  return Number(count ?? 0);
}
