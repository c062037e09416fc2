import type { Alert } from '@tollgate/billing';

/** An alert as answered: instants as ISO strings. */
export function viewOfAlert({ raisedAt, resolvedAt, ...alert }: Alert): object {
  return { ...alert, raisedAt: raisedAt.toISOString(), resolvedAt: resolvedAt?.toISOString() ?? null };
}
