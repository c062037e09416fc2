import type { DenialBodyOptions } from './access/denial-body.js';

/** Options of the entitlements module. */
export interface EntitlementsOptions extends DenialBodyOptions {
  /** Redis in front of the rates; left out or null, Postgres alone counts them, just as strictly. */
  readonly redisUrl?: string | null;
}

/** Injection token of {@link EntitlementsOptions}. */
export const ENTITLEMENTS_OPTIONS = Symbol('tollgate:entitlements-options');
