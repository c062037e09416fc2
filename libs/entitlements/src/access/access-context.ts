import type { Principal } from '@tollgate/kernel';
import type { OwnerFacts } from '../decisions/owner-facts.js';

/** The first two layers of a request, resolved once: who calls and who pays. */
export interface AccessContext {
  readonly principal: Principal | null;
  readonly owner: OwnerFacts | null;
  readonly organizationId: string | null;
  readonly userId: string | null;
}

/** The user behind a principal, where there is one: rollouts by user look at it. */
export function userIdOf(principal: Principal | null): string | null {
  return principal?.kind === 'user' || principal?.kind === 'api_key' ? principal.userId : null;
}

const contexts = new WeakMap<object, AccessContext>();

/** Keeps the context with its request, for parameter decorators. */
export function attachAccess(request: object, context: AccessContext): void {
  contexts.set(request, context);
}

/** The context of a request that passed one of our guards; null otherwise. */
export function accessOf(request: object): AccessContext | null {
  return contexts.get(request) ?? null;
}
