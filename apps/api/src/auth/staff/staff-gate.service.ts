import { Inject, Injectable } from '@nestjs/common';
import { attachPrincipal, DomainError } from '@tollgate/kernel';
import { cookieOf } from '../../http/cookies.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { isOriginAllowed } from './origin-check.js';
import { sessionCookie } from './session-cookie.js';
import type { StaffAccess } from './staff-access.js';
import { permissionsOf } from './staff-roles.js';
import { StaffSessions } from './staff-sessions.repository.js';

/** The parts of a request that the gate reads, the same on every adapter. */
export interface StaffRequest {
  readonly method: string;
  readonly headers: { readonly origin?: string };
}

/** Decides whether a request may pass a staff route, and notes which member sent it. */
@Injectable()
export class StaffGate {
  constructor(
    private readonly sessions: StaffSessions,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  /** @throws DomainError `origin_refused`, `unauthenticated` or `permission_missing` */
  async pass(request: StaffRequest, access: StaffAccess): Promise<void> {
    const { method, headers } = request;
    if (!isOriginAllowed(method, headers.origin, this.options.appUrl, access === 'sign_in'))
      throw new DomainError(
        'forbidden',
        'origin_refused',
        `Staff writes must come from our own pages: send the header "Origin: ${new URL(this.options.appUrl).origin}"`,
      );
    if (access !== 'sign_in') await this.admit(request, access);
  }

  private async admit(request: StaffRequest, access: Exclude<StaffAccess, 'sign_in'>): Promise<void> {
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
