import type { Allowed, Decision } from '@tollgate/entitlements';
import { rateLimitHeaders, ratesBehind, type ServiceLimit } from '@tollgate/entitlements';

/**
 * The `RateLimit` and `RateLimit-Policy` headers of an allowed answer about a feature with rates or a limit; none for an
 * unlimited feature without rates, or for a denial, which says the same in its body.
 */
export function decisionHeaders(decision: Decision, now: Date): Readonly<Record<string, string>> {
  if (!decision.allowed) return {};
  const limit = limitOf(decision, now);
  return { ...rateLimitHeaders([...ratesBehind(decision), ...(limit ? [limit] : [])]) };
}

function limitOf(decision: Allowed, now: Date): ServiceLimit | null {
  if (decision.remaining === undefined || decision.limit === null) return null;
  const limit = Number(decision.limit);
  if (limit < 0) return null;
  const { feature, remaining, resetsAt } = decision;
  const resetInSeconds =
    resetsAt === undefined ? null : Math.max(0, Math.ceil((Date.parse(resetsAt) - now.getTime()) / 1_000));
  return { name: feature, limit, perSeconds: null, remaining: Number(remaining), resetInSeconds };
}
