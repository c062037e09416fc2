import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { DomainError } from '@tollgate/kernel';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { clearCookie, cookieOf, setCookie } from '../../http/cookies.js';
import { peerAddressOf } from '../../http/route-path.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { type Credentials, credentialsSchema } from '../users/user.schemas.js';
import { sessionCookie } from './session-cookie.js';
import type { StaffMember } from './staff-members.repository.js';
import { permissionsOf } from './staff-roles.js';
import { StaffRoute } from './staff-route.decorator.js';
import { StaffSessions } from './staff-sessions.repository.js';
import { StaffSignInService } from './staff-sign-in.service.js';

const sessionView = z.object({
  member: z.object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    permissions: z.array(z.string()),
  }),
});
type SessionView = z.infer<typeof sessionView>;

/** The dashboard's sign-in: a server-side session behind a cookie that no script can read. */
@ApiTags('staff')
@Controller('staff/session')
export class StaffSessionController {
  private readonly cookie: ReturnType<typeof sessionCookie>;

  constructor(
    private readonly staff: StaffSignInService,
    private readonly sessions: StaffSessions,
    @Inject(AUTH_OPTIONS) { appUrl }: AuthOptions,
  ) {
    this.cookie = sessionCookie(appUrl);
  }

  @Post()
  @HttpCode(200)
  @StaffRoute('sign_in')
  @ApiOperation({ summary: 'Signs in and sets the session cookie' })
  @ApiOkResponse({ standardSchema: sessionView })
  @ApiErrors(400, [429, 'too_many_attempts'])
  async open(
    @Body({ schema: credentialsSchema }) body: Credentials,
    @Req() request: object,
    @Res({ passthrough: true }) response: object,
  ): Promise<SessionView> {
    const previous = cookieOf(request, this.cookie.name);
    const { member, secret } = await this.staff.signIn(body, peerAddressOf(request), previous);
    setCookie(response, this.cookie.name, secret, this.cookie.options);
    return view(member);
  }

  @Get()
  @StaffRoute('any_member')
  @ApiOperation({ summary: 'Who is signed in here' })
  @ApiOkResponse({ standardSchema: sessionView })
  async current(@Req() request: object): Promise<SessionView> {
    const member = await this.sessions.memberOf(cookieOf(request, this.cookie.name) ?? '');
    // Between the guard and here the session may have been revoked.
    if (member === null)
      throw new DomainError('unauthenticated', 'unauthenticated', 'Sign in as a member of staff');
    return view(member);
  }

  @Delete()
  @HttpCode(204)
  @StaffRoute('any_member')
  @ApiOperation({ summary: 'Signs out: the session is dead on the server, and the cookie goes' })
  @ApiNoContentResponse()
  async close(@Req() request: object, @Res({ passthrough: true }) response: object): Promise<void> {
    await this.sessions.revoke(cookieOf(request, this.cookie.name) ?? '');
    clearCookie(response, this.cookie.name, this.cookie.options);
  }
}

function view(member: StaffMember): SessionView {
  return { member: { ...member, permissions: [...permissionsOf(member.role)] } };
}
