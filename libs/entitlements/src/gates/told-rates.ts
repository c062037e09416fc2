import type { Decision } from '../decisions/decision.js';
import type { ServiceLimit } from '../rates/rate-limit-headers.js';

const rates = new WeakMap<Decision, readonly ServiceLimit[]>();

/** The decision itself, with the rates that stood before it, for {@link ratesBehind}. */
export function withRates<D extends Decision>(decision: D, limits: readonly ServiceLimit[]): D {
  if (limits.length > 0) rates.set(decision, limits);
  return decision;
}

/** How the rates of the feature stood when this very decision was made, for headers; empty for a copy of it. */
export function ratesBehind(decision: Decision): readonly ServiceLimit[] {
  return rates.get(decision) ?? [];
}
