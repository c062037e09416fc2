import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, type Principal, principalOf } from '@tollgate/kernel';
import { accessOf } from './access-context.js';
import { GateMisdeclaredError } from './access.errors.js';
import { type OwnedAccess, ownedAccess } from './owned-access.js';

/** Who calls: the authenticated principal of the request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, execution: ExecutionContext): Principal => {
  const principal = principalOf(execution.switchToHttp().getRequest<object>());
  if (!principal) throw new DomainError('unauthenticated', 'unauthenticated', 'Sign in to use this');
  return principal;
});

/** Who calls and who pays; only on guarded routes. */
export const CurrentAccess = createParamDecorator((_: unknown, execution: ExecutionContext): OwnedAccess => {
  const access = accessOf(execution.switchToHttp().getRequest<object>());
  if (!access?.owner) throw new GateMisdeclaredError('A handler asks for its access without a guard of ours');
  return ownedAccess(access);
});
