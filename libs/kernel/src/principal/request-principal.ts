import type { Principal } from './principal.js';

const principals = new WeakMap<object, Principal>();

/** Notes who sent this request; called once, by whatever authenticates. */
export function attachPrincipal(request: object, principal: Principal): void {
  principals.set(request, principal);
}

/** Who sent this request; null when nobody was authenticated. */
export function principalOf(request: object): Principal | null {
  return principals.get(request) ?? null;
}
