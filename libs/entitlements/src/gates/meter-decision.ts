import { type MeterStanding, toWire, UNLIMITED, type UsageWindow } from '@tollgate/usage';
import { deniedWithin, allowedBy } from '../decisions/answer.js';
import type { Allowed, Denied } from '../decisions/decision.js';
import { secondsUntil } from '../decisions/seconds-until.js';
import type { Granting } from '../decisions/verdict.js';
import type { ServiceLimit } from '../rates/rate-limit-headers.js';

/** One quota of a call that counts: what the plan gives, and the window it is counted in. */
export interface Metered {
  readonly granting: Granting;
  readonly window: UsageWindow;
  readonly quantity: bigint;
}

/** The answer yes of a quota that was counted. */
export function meteredGrant(ownerId: string, metered: Metered, standing: MeterStanding): Allowed {
  const { limit } = metered.granting.allowance;
  const used = { used: toWire(standing.used), resetsAt: metered.window.end.toISOString() };
  const answer = { ...allowedBy(metered.granting, ownerId), ...used };
  if (limit === null || limit === UNLIMITED) return answer;
  const remaining = toWire(standing.used >= limit ? 0n : limit - standing.used);
  return { ...answer, remaining, ...(standing.overage > 0n && { overage: true }) };
}

/** The answer no of a quota that has no room; `retryAfter` is the end of the window. */
export function meteredRefusal(ownerId: string, metered: Metered, standing: MeterStanding, at: Date): Denied {
  const { limit } = metered.granting.allowance;
  return {
    ...deniedWithin(metered.granting, ownerId, 'quota_exceeded'),
    limit: toWire(limit ?? 0n),
    used: toWire(standing.used),
    requested: toWire(metered.quantity),
    resetsAt: metered.window.end.toISOString(),
    retryAfter: secondsUntil(metered.window.end, at),
  };
}

const WINDOW_SECONDS: Readonly<Record<string, number>> = { hour: 3_600, day: 86_400 };

/** The quota as clients may be told of it; none when it is unlimited. */
export function meteredLimit({ granting, window }: Metered, used: bigint, at: Date): ServiceLimit[] {
  const { feature, allowance } = granting;
  if (allowance.limit === null || allowance.limit === UNLIMITED) return [];
  const limit = Number(allowance.limit);
  return [
    {
      name: `${feature.key}-per-${feature.window ?? 'window'}`,
      limit,
      perSeconds: WINDOW_SECONDS[feature.window ?? ''] ?? null,
      remaining: Math.max(0, limit - Number(used)),
      resetInSeconds: secondsUntil(window.end, at),
    },
  ];
}
