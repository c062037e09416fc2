import type { Counting } from '../counters/counting.js';
import type { Grant } from './grant.js';

/** What is remembered of a wish that was granted; `overages` are its units beyond the limit, meter by meter. */
export function grantOf(wish: Counting, overages: readonly bigint[]): Grant {
  const { grantId: id, ownerId, organizationId, principal, at, key, expiresAt } = wish;
  const meters = wish.meters.map(({ feature, quantity, window }, index) => ({
    feature,
    start: window.start,
    quantity,
    counted: quantity,
    overage: overages[index] ?? 0n,
  }));
  const state = expiresAt === null ? 'committed' : 'reserved';
  return { id, ownerId, organizationId, principal, at, key, expiresAt, state, meters };
}
