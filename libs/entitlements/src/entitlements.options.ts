import { DomainError } from '@tollgate/kernel';
import type { DecisionListener } from './decisions/decision-entry.js';
import type { DenialBodyOptions } from './gates/denial-body.js';

/** Options of the entitlements module. */
export interface EntitlementsOptions extends DenialBodyOptions {
  /** Hears of every decision that was given, for logs and metrics; left out, nobody does and nothing is spent on it. */
  readonly onDecision?: DecisionListener;
  /** Redis in front of the rates; left out or null, Postgres alone counts them, just as strictly. */
  readonly redisUrl?: string | null;
  /**
   * After so many seconds what is remembered of an owner is read again, whatever was heard: 60 to 300, default 60.
   * Changes do not wait for it: they are heard within a second.
   */
  readonly cacheTtlSeconds?: number;
  /** Most owners (and users, and organizations) that a process remembers; default 200,000. */
  readonly maxRememberedOwners?: number;
}

/** Injection token of {@link EntitlementsOptions}. */
export const ENTITLEMENTS_OPTIONS = Symbol('tollgate:entitlements-options');

const [SHORTEST, LONGEST] = [60, 300];
const DEFAULT_OWNERS = 200_000;

/**
 * How much is remembered, and for how long.
 *
 * @throws DomainError defect `cache_ttl_invalid`, `cache_size_invalid`
 */
export function memoryLimits({
  cacheTtlSeconds = SHORTEST,
  maxRememberedOwners = DEFAULT_OWNERS,
}: EntitlementsOptions): {
  readonly ttlMs: number;
  readonly maxEntries: number;
} {
  if (!Number.isSafeInteger(cacheTtlSeconds) || cacheTtlSeconds < SHORTEST || cacheTtlSeconds > LONGEST)
    throw new DomainError(
      'defect',
      'cache_ttl_invalid',
      `cacheTtlSeconds is ${cacheTtlSeconds}; it is a whole number from ${SHORTEST} to ${LONGEST}`,
    );
  if (!Number.isSafeInteger(maxRememberedOwners) || maxRememberedOwners < 2)
    throw new DomainError(
      'defect',
      'cache_size_invalid',
      `maxRememberedOwners is ${maxRememberedOwners}; it is a whole number from 2`,
    );
  return { ttlMs: cacheTtlSeconds * 1_000, maxEntries: maxRememberedOwners };
}
