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
import { AUTH_OPTIONS, type AuthOptions } from '../auth.options.js';
import { KeyAuthenticator } from '../keys/key-authenticator.service.js';
import { isKey } from '../keys/key-text.js';
import { STAFF_ACCESS, type StaffAccess } from '../staff/staff-access.js';
import { AccessTokens } from '../tokens/access-tokens.service.js';
import { FirstSight } from '../users/first-sight.service.js';
import { bearerToken } from './bearer.js';

interface HttpRequest {
  readonly headers: { readonly authorization?: string };
}

/** What a handler says about its callers: `staff` leaves everything to the staff guard. */
type RouteRule = 'staff' | 'principal' | Openness;

/**
 * Finds out who calls, for every route of the application (it is global). A route that says nothing about itself
 * needs a principal; under /staff it needs a declared permission, and the staff guard does the rest. Answers
 * without a promise when memory knows the caller, since this stands in the way of every request.
 */
@Injectable()
export class PrincipalGuard implements CanActivate {
  private readonly rules = new WeakMap<object, WeakMap<object, RouteRule>>();

  constructor(
    private readonly reflector: Reflector,
    private readonly accessTokens: AccessTokens,
    private readonly keys: KeyAuthenticator,
    private readonly firstSight: FirstSight,
    @Inject(AUTH_OPTIONS) private readonly options: AuthOptions,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const rule = this.ruleOf(context);
    if (rule === 'staff') return true;
    // Asked every time: one handler may stand under several paths.
    if (/^\/staff(\/|$)/.test(routePathOf(request))) throw permissionUndeclared();
    if (rule === 'own_credentials') return true;
    const token = bearerToken(request.headers.authorization);
    if (token === null) {
      if (rule === 'public') return true;
      throw this.unauthenticated();
    }
    const principal = isKey(token) ? this.keys.authenticate(token) : this.userOf(token);
    if (principal instanceof Promise) return principal.then((known) => admit(request, known));
    return admit(request, principal);
  }

  private userOf(token: string): Principal | Promise<Principal> {
    const userId = this.accessTokens.verify(token);
    if (typeof userId === 'string' && this.firstSight.isDone(userId)) return { kind: 'user', userId };
    return this.newcomer(userId);
  }

  private async newcomer(verified: string | Promise<string>): Promise<Principal> {
    const userId = await verified;
    await this.firstSight.of(userId);
    return { kind: 'user', userId };
  }

  private ruleOf(context: ExecutionContext): RouteRule {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const ofHandler = this.rules.get(handler) ?? new WeakMap<object, RouteRule>();
    const known = ofHandler.get(controller);
    if (known !== undefined) return known;
    const rule = this.readRule(context);
    this.rules.set(handler, ofHandler.set(controller, rule));
    return rule;
  }

  private readRule(context: ExecutionContext): RouteRule {
    if (this.metadata<StaffAccess>(context, STAFF_ACCESS) !== undefined) return 'staff';
    return this.metadata<Openness>(context, OPENNESS) ?? 'principal';
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

function admit(request: HttpRequest, principal: Principal): true {
  attachPrincipal(request, principal);
  return true;
}

function permissionUndeclared(): DomainError {
  return new DomainError('forbidden', 'permission_undeclared', 'This route declares no permission');
}
