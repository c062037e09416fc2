import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { attachPrincipal, DomainError } from '@tollgate/kernel';
import { cookieOf } from '../../http/cookies.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { isOriginAllowed } from './origin-check.js';
import { sessionCookie } from './session-cookie.js';
import { STAFF_ACCESS, type StaffAccess } from './staff-access.js';
import { permissionsOf } from './staff-roles.js';
import { StaffSessions } from './staff-sessions.repository.js';

interface HttpRequest {
  readonly method: string;
  readonly headers: { readonly origin?: string };
}

/** Lets signed-in staff with the route's permission in; set by the staff route decorator, never alone. */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: StaffSessions,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<StaffAccess | undefined>(STAFF_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === undefined)
      throw new DomainError('forbidden', 'permission_undeclared', 'This route declares no permission');
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const { method, headers } = request;
    if (!isOriginAllowed(method, headers.origin, this.options.appUrl, access === 'sign_in'))
      throw new DomainError('forbidden', 'origin_refused', 'Staff writes must come from our own pages');
    if (access !== 'sign_in') await this.admit(request, access);
    return true;
  }

  private async admit(request: HttpRequest, access: Exclude<StaffAccess, 'sign_in'>): Promise<void> {
    const secret = cookieOf(request, sessionCookie(this.options.appUrl).name);
    const member = secret === undefined ? null : await this.sessions.memberOf(secret);
    if (member === null)
      throw new DomainError('unauthenticated', 'unauthenticated', 'Sign in as a member of staff');
    const permissions = permissionsOf(member.role);
    if (access !== 'any_member' && !permissions.includes(access))
      throw new DomainError('forbidden', 'permission_missing', 'Your role does not allow this', {
        permission: access,
      });
    attachPrincipal(request, { kind: 'staff', staffId: member.id, permissions });
  }
}
