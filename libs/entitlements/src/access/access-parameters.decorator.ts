import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, type Principal, principalOf } from '@tollgate/kernel';
import { accessOf } from './access-context.js';
import { GateMisdeclaredError } from './access.errors.js';

/** Who calls: the authenticated principal of the request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, execution: ExecutionContext): Principal => {
  const principal = principalOf(execution.switchToHttp().getRequest<object>());
  if (!principal) throw new DomainError('unauthenticated', 'unauthenticated', 'Sign in to use this');
  return principal;
});

/** Who calls and who pays, on a route that one of our guards let pass. */
export interface OwnedAccess {
  readonly principal: Principal;
  readonly ownerId: string;
  readonly organizationId: string | null;
  readonly userId: string | null;
}

/** Who calls and who pays; only on guarded routes. */
export const CurrentAccess = createParamDecorator((_: unknown, execution: ExecutionContext): OwnedAccess => {
  const access = accessOf(execution.switchToHttp().getRequest<object>());
  if (!access?.principal || !access.owner)
    throw new GateMisdeclaredError('A handler asks for its access without a guard of ours');
  const { principal, owner, organizationId, userId } = access;
  return { principal, ownerId: owner.ownerId, organizationId, userId };
});
