import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { attachPrincipal, type Principal, principalOf } from '@tollgate/kernel';
import { type AccessContext, userIdOf } from '../access/access-context.js';
import type { BillingPlace } from '../access/billing-rules.js';
import type { Callers } from '../access/callers.service.js';
import { Holding } from '../decisions/holding.js';
import { FORGOTTEN, WarmOwner } from '../memory/warm-owner.js';
import type { PublicOf } from './test-entitlements.js';

/** Who calls and who pays in a test; null for nobody. */
export interface TestCallers {
  readonly principal: Principal | null;
  readonly ownerId: string | null;
}

/** Injection token of {@link TestCallers}. */
export const TEST_CALLERS = Symbol('tollgate:test-callers');

/** Who calls and who pays unless a test says otherwise. */
export const DEFAULT_CALLERS: TestCallers = {
  principal: { kind: 'user', userId: 'user-1' },
  ownerId: 'owner-1',
};

/** Authenticates every request as the same principal, unless something else did already. */
@Injectable()
export class TestPrincipalGuard implements CanActivate {
  constructor(@Inject(TEST_CALLERS) private readonly callers: TestCallers) {}

  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<object>();
    if (this.callers.principal && !principalOf(request)) attachPrincipal(request, this.callers.principal);
    return true;
  }
}

/**
 * Stands for `Callers`: one owner pays for every user and API key, in whatever organization they name, and for every
 * resource that a job or a schedule acts on; for nobody else.
 */
export function testCallers({ ownerId }: TestCallers): PublicOf<Callers> {
  const resolve = (principal: Principal | null, place: BillingPlace): AccessContext => {
    const pays = principal !== null && ownerId !== null && isPaidFor(principal, place);
    if (!pays) return contextOf(principal, null, null);
    const own = principal.kind === 'api_key' ? principal.organizationId : null;
    const named = place.kind === 'caller' ? own : place.organizationId;
    return contextOf(principal, ownerId, named);
  };
  return {
    now: resolve,
    of: async (principal, place) => resolve(principal, place),
    named: async (principal, place) =>
      contextOf(principal, ownerId, place.kind === 'organization' ? place.organizationId : null),
    ofOwner: async (principal, owner, organizationId) => contextOf(principal, owner, organizationId),
    isCurrent: () => true,
    renewed: async (context) => context,
  };
}

function isPaidFor({ kind }: Principal, place: BillingPlace): boolean {
  return kind === 'user' || kind === 'api_key' || (kind === 'system' && place.kind === 'resource');
}

function contextOf(
  principal: Principal | null,
  ownerId: string | null,
  organizationId: string | null,
): AccessContext {
  const owner = ownerId === null ? null : ownerNamed(ownerId);
  const userId = userIdOf(principal);
  return { principal, owner, organizationId, userId, route: null, standing: 'confirmed', asOf: null };
}

/** An owner about whom nothing has to be remembered: what is decided comes from the overrides. */
function ownerNamed(ownerId: string): WarmOwner {
  const holding = new Holding(null, 'subscription', false, null, null, null);
  return new WarmOwner({
    ownerId,
    holding,
    overrides: null,
    slot: FORGOTTEN,
    epoch: 0,
    readAt: 0,
    expiresAt: Infinity,
    changesAt: Infinity,
    billing: { at: new Date(0), moved: null },
  });
}
