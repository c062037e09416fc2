import type { DenialBodyOptions } from './access/denial-body.js';

/** Options of the entitlements module. */
export type EntitlementsOptions = DenialBodyOptions;

/** Injection token of {@link EntitlementsOptions}. */
export const ENTITLEMENTS_OPTIONS = Symbol('tollgate:entitlements-options');
