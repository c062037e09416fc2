import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { DomainError, UnavailableError } from '@tollgate/kernel';
import type { AccessContext } from '../access/access-context.js';
import { AccessContexts } from '../access/access-contexts.service.js';
import { OwnerUnresolvedError } from '../access/access.errors.js';
import { denialMessage } from '../decisions/denial-message.js';
import { gated } from './gated-method.js';

/** Lets requests pass whose owner can be resolved. */
@Injectable()
export class OwnerGuard implements CanActivate {
  constructor(private readonly contexts: AccessContexts) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const context = this.contexts.now(execution);
    if (context) return insistOnOwner(context);
    return this.contexts.of(execution).then(insistOnOwner);
  }
}

function insistOnOwner({ principal, owner, standing }: AccessContext): true {
  if (!principal)
    throw new DomainError('unauthenticated', 'unauthenticated', denialMessage('unauthenticated'));
  if (standing === 'unavailable') throw new UnavailableError('unavailable', denialMessage('unavailable'));
  if (!owner) throw new OwnerUnresolvedError();
  return true;
}

/**
 * Lets only callers in for whom somebody pays, whatever the plan: layers one and two. For routes that read or
 * change a tenant's things without using a feature; `@BilledTo` says how the owner is found.
 *
 * @throws DomainError `unauthenticated` nobody was authenticated
 * @throws OwnerUnresolvedError the header names an organization that is absent or not the caller's
 * @throws NotFoundError the path does
 * @throws UnavailableError it cannot be found out at the moment
 * @example
 * \@RequiresOwner()
 * \@Get(':id')
 * show(\@CurrentAccess() access: OwnedAccess) {}
 */
export function RequiresOwner(): MethodDecorator {
  return gated(
    {
      features: [],
      check: (_, { context }) => Promise.resolve(void insistOnOwner(context)),
    },
    OwnerGuard,
  );
}
