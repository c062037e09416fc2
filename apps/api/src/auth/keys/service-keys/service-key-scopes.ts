import type { Principal } from '@tollgate/kernel';

/** What a service key may be allowed: ask about any owner, and count units for any owner. */
export const SERVICE_KEY_SCOPES = ['check:any', 'consume:any'] as const;

/** See {@link SERVICE_KEY_SCOPES}. */
export type ServiceKeyScope = (typeof SERVICE_KEY_SCOPES)[number];

/** Whether the principal is a service key with this scope; every other principal has none. */
export function hasScope(principal: Principal, scope: ServiceKeyScope): boolean {
  return principal.kind === 'service_key' && principal.scopes.includes(scope);
}
