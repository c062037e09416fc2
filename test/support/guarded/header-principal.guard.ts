import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { attachPrincipal, type Principal } from '@tollgate/kernel';

/** Believes the header `x-principal` (JSON); without it nobody was authenticated, and our guards must say so. */
@Injectable()
export class HeaderPrincipalGuard implements CanActivate {
  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
    const principal = request.headers['x-principal'];
    if (principal !== undefined) attachPrincipal(request, JSON.parse(principal) as Principal);
    return true;
  }
}
