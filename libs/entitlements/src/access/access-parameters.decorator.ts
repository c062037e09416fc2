import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, type Principal, principalOf } from '@tollgate/kernel';

/** Who calls: the authenticated principal of the request. */
export const CurrentPrincipal = createParamDecorator((_: unknown, execution: ExecutionContext): Principal => {
  const principal = principalOf(execution.switchToHttp().getRequest<object>());
  if (!principal) throw new DomainError('unauthenticated', 'unauthenticated', 'Sign in to use this');
  return principal;
});
