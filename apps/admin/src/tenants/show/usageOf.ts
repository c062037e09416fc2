import type { Entitlement } from '../../api/staff-api.js';
import { formatCount } from '../../format/numbers.js';

/** How much of a limit is used: words, and the share (0 to 100) where one can be drawn. */
export interface Usage {
  words: string;
  percent: number | null;
}

const unlimited = '-1';

/** Reads the limit of a decision; flags have none and answer null. */
export function usageOf({ kind, limit, used }: Pick<Entitlement, 'kind' | 'limit' | 'used'>): Usage | null {
  if (limit === null) return null;
  if (limit === unlimited)
    return { words: used === null ? 'unlimited' : `${formatCount(used)}, unlimited`, percent: null };
  if (kind === 'ceiling' || used === null) return { words: `up to ${formatCount(limit)}`, percent: null };
  return {
    words: `${formatCount(used)} of ${formatCount(limit)}`,
    percent: percentOf(BigInt(used), BigInt(limit)),
  };
}

/** Of nothing, nothing can be used up: no bar says that a denied feature is full. */
function percentOf(used: bigint, limit: bigint): number | null {
  if (limit === 0n) return used === 0n ? null : 100;
  if (used >= limit) return 100;
  return Number((used * 100n) / limit);
}
