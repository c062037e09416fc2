import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { DomainError } from '@tollgate/kernel';
import { STAFF_ACCESS, type StaffAccess } from './staff-access.js';
import { StaffGate, type StaffRequest } from './staff-gate.service.js';

/** Sends every request of a staff route through the gate; set by the staff route decorator, never alone. */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly gate: StaffGate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<StaffAccess | undefined>(STAFF_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access === undefined)
      throw new DomainError('forbidden', 'permission_undeclared', 'This route declares no permission');
    await this.gate.pass(context.switchToHttp().getRequest<StaffRequest>(), access);
    return true;
  }
}
