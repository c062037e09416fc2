import { toWire, UNLIMITED } from '@tollgate/usage';
import type { Allowance, Feature } from '../catalog/catalog.js';
import type { DenialReason, WireCount } from './decision.js';

/** What is held against the limit; left out, the limit layer is not asked. */
export interface Standing {
  /** What exists or was used already; 0n for a ceiling. */
  readonly used: bigint;
  /** How many more are wanted (capacity, quota), or how large one thing is to be (ceiling); default one. */
  readonly requested?: bigint;
  /** When the window of a quota ends, and how many whole seconds that is from now. */
  readonly resets?: { readonly at: Date; readonly inSeconds: number };
}

/** The feature whose refusals have a name of their own. */
const SEATS = 'seats';

/** What the limit layer adds to a decision. */
export interface LimitVerdict {
  readonly reason: DenialReason | null;
  readonly facts: {
    readonly limit?: WireCount;
    readonly used?: WireCount;
    readonly requested?: WireCount;
    readonly remaining?: WireCount;
    readonly resetsAt?: string;
    readonly overage?: boolean;
    readonly retryAfter?: number;
  };
}

/**
 * Holds what is wanted against the limit of a feature, by its kind. `remaining` is what would be left before the
 * wanted units are taken; an unlimited feature has none.
 */
export function limitLayer(
  feature: Feature,
  allowance: Allowance,
  standing: Standing | undefined,
): LimitVerdict {
  const { limit, overage } = allowance;
  if (limit === null || standing === undefined) return { reason: null, facts: {} };
  const requested = standing.requested ?? 1n;
  if (feature.kind === 'ceiling') return ceiling(limit, requested);
  const window = standing.resets && { resetsAt: standing.resets.at.toISOString() };
  const used = toWire(standing.used);
  if (limit === UNLIMITED) return { reason: null, facts: { used, ...window } };
  if (standing.used + requested <= limit) {
    return { reason: null, facts: { used, remaining: toWire(limit - standing.used), ...window } };
  }
  if (overage === 'allow') return { reason: null, facts: { used, remaining: 0, overage: true, ...window } };
  return {
    reason: refusal(feature, limit, standing.used),
    facts: {
      limit: toWire(limit),
      used,
      // Of things that exist one is meant, unless more are named.
      ...((feature.kind === 'quota' || requested > 1n) && { requested: toWire(requested) }),
      ...window,
      ...(standing.resets && { retryAfter: standing.resets.inSeconds }),
    },
  };
}

function ceiling(limit: bigint, requested: bigint): LimitVerdict {
  if (limit === UNLIMITED || requested <= limit) return { reason: null, facts: {} };
  return { reason: 'ceiling_exceeded', facts: { limit: toWire(limit), requested: toWire(requested) } };
}

function refusal(feature: Feature, limit: bigint, used: bigint): DenialReason {
  return feature.kind === 'quota' ? 'quota_exceeded' : capacityRefusal(feature.key, limit, used);
}

/** Why one more of a capacity does not fit. */
export function capacityRefusal(feature: string, limit: bigint, used: bigint): DenialReason {
  if (feature === SEATS) return 'seat_limit';
  return limit !== UNLIMITED && used > limit ? 'over_limit' : 'capacity_reached';
}
