import type { FeatureKind } from '../catalog/catalog.js';
import type { Denied } from '../decisions/decision.js';

/** A limit as a test wants it: whole numbers, -1 for unlimited. */
export interface TestLimit {
  readonly limit: number;
  /** What is used up already; 0 unless said. */
  readonly used?: number;
  /**
   * Which reason speaks when it is reached. Unless said: `capacity` when `@WithinCapacity` asks, `quota` when a
   * service does.
   */
  readonly kind?: Exclude<FeatureKind, 'flag'>;
  /** Capacities only; `organization` does not apply in a personal space. */
  readonly countedBy?: 'owner' | 'organization';
}

/** A denial as a test wants it; whatever is left out of the facts is left out of the answer. */
export type TestDenial = Pick<Denied, 'reason'> & Partial<Omit<Denied, 'allowed' | 'feature' | 'ownerId'>>;

/**
 * What a test says of one feature: `true` as if nothing had been said, `false` denied as if unpaid
 * (`plan_required`, `requiredPlans: ['pro']`), a denial with its reason, or a limit.
 */
export type TestOverride = boolean | TestDenial | TestLimit;

/** By feature key; a feature that is not named is allowed, limit 100, used 50. */
export type TestOverrides = Readonly<Record<string, TestOverride>>;

/** What is assumed of a feature of which a test says nothing. */
export const DEFAULT_LIMIT: TestLimit = { limit: 100, used: 50 };

/** What `false` means. */
export const UNPAID: TestDenial = { reason: 'plan_required', requiredPlans: ['pro'] };

/** Whether it denies; a limit denies or allows by its numbers. */
export function denialIn(override: TestOverride): TestDenial | null {
  if (override === false) return UNPAID;
  return typeof override === 'object' && 'reason' in override ? override : null;
}

/** The numbers behind an override that does not deny. */
export function limitIn(override: TestOverride): TestLimit {
  return typeof override === 'object' && 'limit' in override && !('reason' in override)
    ? override
    : DEFAULT_LIMIT;
}
