import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { AccessContext } from '../access/access-context.js';
import { AccessContexts } from '../access/access-contexts.service.js';
import { denialMessage } from '../decisions/denial-message.js';
import { RETRY_AFTER_SECONDS } from '../decisions/stale-answer.js';
import type { Refusal } from '../gates/denial-body.js';
import { Denials } from '../gates/denials.service.js';
import { gated } from './gated-method.js';

/** Lets requests pass whose owner can be resolved. */
@Injectable()
export class OwnerGuard implements CanActivate {
  constructor(
    private readonly contexts: AccessContexts,
    private readonly denials: Denials,
  ) {}

  canActivate(execution: ExecutionContext): boolean | Promise<boolean> {
    const context = this.contexts.now(execution);
    if (context) return this.insistOnOwner(execution, context);
    return this.contexts.of(execution).then((resolved) => this.insistOnOwner(execution, resolved));
  }

  private insistOnOwner(execution: ExecutionContext, context: AccessContext): true {
    const refusal = refusalOf(context);
    if (refusal) throw this.denials.exceptionFor(execution, refusal);
    return true;
  }
}

/** Why a caller has no owner; null for one who has. */
function refusalOf({ principal, owner, standing }: AccessContext): Refusal | null {
  if (owner && principal) return null;
  const reason = !principal
    ? 'unauthenticated'
    : standing === 'unavailable'
      ? 'unavailable'
      : 'owner_unresolved';
  const message = denialMessage(reason);
  return { reason, message, ...(reason === 'unavailable' && { retryAfter: RETRY_AFTER_SECONDS }) };
}

/**
 * Lets only callers in for whom somebody pays, whatever the plan: layers one and two. For routes that read or
 * change a tenant's things without using a feature; `@BilledTo` says how the owner is found.
 *
 * @throws AccessDeniedException `unauthenticated`; `owner_unresolved` when the header names an organization that is absent
 * or not the caller's; `unavailable` when it cannot be found out at the moment
 * @throws NotFoundError the path names such an organization
 * @example
 * \@RequiresOwner()
 * \@Get(':id')
 * show(\@CurrentAccess() access: OwnedAccess) {}
 */
export function RequiresOwner(): MethodDecorator {
  return gated(
    {
      features: [],
      check: async (services, { context }) => {
        const refusal = refusalOf(context);
        if (refusal) throw services.get(Denials).exception(refusal);
      },
    },
    OwnerGuard,
  );
}
