import type { Denied } from '../decisions/decision.js';

/** How denial bodies are written. */
export interface DenialBodyOptions {
  /** Where a denied person can buy, e.g. `/pricing`. */
  readonly upgradeUrl: string;
  /** Only `error`, `message` and `upgradeUrl`, for clients of older systems. */
  readonly compatDenialBody: boolean;
}

/** A denial, or the refusal of a route that names no feature. */
export type Refusal = Omit<Denied, 'allowed' | 'feature'> & Partial<Pick<Denied, 'allowed' | 'feature'>>;

/**
 * The body of a denial. `error` is `upgrade_required` when plans are known that would allow it, else the reason;
 * `error`, `message` and `upgradeUrl` are fixed names.
 */
export function denialBody(decision: Refusal, options: DenialBodyOptions): Record<string, unknown> {
  const { allowed: _allowed, ownerId: _ownerId, message, ...facts } = decision;
  const curedByUpgrade = (decision.requiredPlans?.length ?? 0) > 0;
  const fixed = {
    error: curedByUpgrade ? 'upgrade_required' : decision.reason,
    message,
    upgradeUrl: options.upgradeUrl,
  };
  return options.compatDenialBody ? fixed : { ...fixed, ...facts };
}
