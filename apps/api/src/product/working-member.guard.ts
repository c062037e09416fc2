import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Injectable,
  UseGuards,
} from '@nestjs/common';
import { type MembershipRole, Organizations } from '@tollgate/billing';
import { AccessContexts, RequiresOwner } from '@tollgate/entitlements';
import { DomainError } from '@tollgate/kernel';

/** Who works in an organization; the others look at it or pay for it. */
const WORKING_ROLES: readonly MembershipRole[] = ['owner', 'admin', 'member'];

/** Lets members pass whose role may change an organization's things. */
@Injectable()
export class WorkingMemberGuard implements CanActivate {
  constructor(
    private readonly contexts: AccessContexts,
    private readonly organizations: Organizations,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const { principal, organizationId } = await this.contexts.of(execution);
    // Only people have roles: in a personal space there is nobody else, and a key was made by somebody entitled to.
    if (principal?.kind !== 'user' || organizationId === null) return true;
    const role = await this.organizations.roleOf(organizationId, principal.userId);
    if (role === null || !WORKING_ROLES.includes(role))
      throw new DomainError(
        'forbidden',
        'role_required',
        'Your role in the organization does not allow this',
        {
          roles: WORKING_ROLES,
        },
      );
    return true;
  }
}

/**
 * Lets only those change an organization's things who work in it; includes `@RequiresOwner`. A personal space and
 * API keys pass. Stands below `@WithinCapacity`, so that the role is asked for before the limit.
 *
 * @throws DomainError `role_required`, with the `roles` that would do
 * @throws AccessDeniedException `owner_unresolved`: the header names an organization that is absent or not the caller's
 * @throws NotFoundError the path does
 * @example
 * \@Delete(':id')
 * \@RequiresWorkingMember()
 * delete() {}
 */
export function RequiresWorkingMember(): MethodDecorator {
  return applyDecorators(RequiresOwner(), UseGuards(WorkingMemberGuard));
}
