import type { Principal } from '@tollgate/kernel';
import type { ResolvedCaller } from '../decisions/engine.js';
import type { BillingRoute } from './billing-rules.js';

/** The first two layers of a request or call, resolved once: who calls and who pays. */
export interface AccessContext extends ResolvedCaller {
  /** How the owner was found, to find it again when it has changed meanwhile; null for nobody. */
  readonly route: BillingRoute | null;
  /**
   * How far the owner may be believed: `confirmed` as usual; `stale` while the database cannot be asked, as of `asOf`
   * (real ms); `unavailable` when nothing is known of it.
   */
  readonly standing: 'confirmed' | 'stale' | 'unavailable';
  readonly asOf: number | null;
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
