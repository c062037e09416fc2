import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { denialBody, denialMessage } from '@tollgate/entitlements';
import { attachPrincipal, DomainError, type Principal } from '@tollgate/kernel';
import { OPENNESS, type Openness } from '../../http/public.decorator.js';
import { routePathOf } from '../../http/route-path.js';
import { ApiKeyAuthenticator } from '../api-keys/api-key-authenticator.service.js';
import { isApiKey } from '../api-keys/api-key-text.js';
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { STAFF_ACCESS, type StaffAccess } from '../staff/staff-access.js';
import { AccessTokens } from '../tokens/access-tokens.service.js';
import { FirstSight } from '../users/first-sight.service.js';
import { bearerToken } from './bearer.js';

interface HttpRequest {
  readonly headers: { readonly authorization?: string };
}

/**
 * Finds out who calls, for every route of the application (it is global). A route that says nothing about itself
 * needs a principal; under /staff it needs a declared permission, and the staff guard does the rest.
 */
@Injectable()
export class PrincipalGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly accessTokens: AccessTokens,
    private readonly apiKeys: ApiKeyAuthenticator,
    private readonly firstSight: FirstSight,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    if (this.metadata<StaffAccess>(context, STAFF_ACCESS) !== undefined) return true;
    if (/^\/staff(\/|$)/.test(routePathOf(request))) throw permissionUndeclared();
    const openness = this.metadata<Openness>(context, OPENNESS);
    if (openness === 'own_credentials') return true;
    const token = bearerToken(request.headers.authorization);
    if (token !== null) attachPrincipal(request, await this.authenticate(token));
    else if (openness !== 'public') throw this.unauthenticated();
    return true;
  }

  private async authenticate(token: string): Promise<Principal> {
    if (isApiKey(token)) return this.apiKeys.authenticate(token);
    const userId = await this.accessTokens.verify(token);
    await this.firstSight.of(userId);
    return { kind: 'user', userId };
  }

  /** In the shape of a denial, because it is one: the first layer of a decision refused. */
  private unauthenticated(): UnauthorizedException {
    const compatDenialBody = this.options.compatDenialBody ?? false;
    const refusal = { reason: 'unauthenticated', message: denialMessage('unauthenticated') } as const;
    return new UnauthorizedException(denialBody(refusal, { upgradeUrl: '/pricing', compatDenialBody }));
  }

  private metadata<T>(context: ExecutionContext, key: string): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

function permissionUndeclared(): DomainError {
  return new DomainError('forbidden', 'permission_undeclared', 'This route declares no permission');
}
