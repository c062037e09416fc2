import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { DomainError, type Principal, principalOf } from '@tollgate/kernel';

/**
 * The principal that sent the request, on routes that are not public.
 *
 * @example me(\@CallingPrincipal() principal: Principal)
 */
export const CallingPrincipal = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Principal => {
    const principal = principalOf(context.switchToHttp().getRequest<object>());
    if (principal === null)
      throw new DomainError('defect', 'principal_missing', 'A public route asked for its principal');
    return principal;
  },
);
