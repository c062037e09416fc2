/**
 * Who did an audited act, in words where this page knows them: the tenant and the one who reads; anybody else by
 * kind and id, as it is kept (`staff:…`, `system:subscription-sync`).
 */
export function actorWords(
  actor: string,
  known: { readonly userId: string; readonly staffId: string | null },
): string {
  if (actor === `user:${known.userId}`) return 'the tenant';
  if (known.staffId !== null && actor === `staff:${known.staffId}`) return 'you';
  return actor;
}
