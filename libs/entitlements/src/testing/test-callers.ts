import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { attachPrincipal, type Principal, principalOf } from '@tollgate/kernel';
import {
  type BillingOwnership,
  BillingOwnerResolver,
  type BillingPlace,
} from '../access/billing-owner-resolver.js';

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

/** One owner pays for every user and API key, in whatever organization they name; for nobody else. */
@Injectable()
export class TestBillingOwnerResolver extends BillingOwnerResolver {
  constructor(@Inject(TEST_CALLERS) private readonly callers: TestCallers) {
    super();
  }

  override resolve(principal: Principal, place: BillingPlace): Promise<BillingOwnership | null> {
    const { ownerId } = this.callers;
    const isTenant = principal.kind === 'user' || principal.kind === 'api_key';
    if (ownerId === null || !isTenant) return Promise.resolve(null);
    const own = principal.kind === 'api_key' ? principal.organizationId : null;
    return Promise.resolve({ ownerId, organizationId: place.kind === 'caller' ? own : place.organizationId });
  }
}
