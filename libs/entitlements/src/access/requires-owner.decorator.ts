import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { DomainError } from '@tollgate/kernel';
import { denialMessage } from '../decisions/denial-message.js';
import { AccessContexts } from './access-contexts.service.js';
import { OwnerUnresolvedError } from './access.errors.js';
import { markGated } from './gate-mark.js';

/** Lets requests pass whose owner can be resolved. */
@Injectable()
export class OwnerGuard implements CanActivate {
  constructor(private readonly contexts: AccessContexts) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const { principal, owner } = await this.contexts.of(execution);
    if (!principal)
      throw new DomainError('unauthenticated', 'unauthenticated', denialMessage('unauthenticated'));
    if (!owner) throw new OwnerUnresolvedError();
    return true;
  }
}

/**
 * Lets only callers in for whom somebody pays, whatever the plan: layers one and two. For routes that read or
 * change a tenant's things without using a feature; `@BilledTo` says how the owner is found.
 *
 * @throws DomainError `unauthenticated` nobody was authenticated
 * @throws OwnerUnresolvedError the header names an organization that is absent or not the caller's
 * @throws NotFoundError the path does
 * @example
 * \@RequiresOwner()
 * \@Get(':id')
 * show(\@CurrentAccess() access: OwnedAccess) {}
 */
export function RequiresOwner(): MethodDecorator {
  return applyDecorators(markGated(), UseGuards(OwnerGuard));
}
