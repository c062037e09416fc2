import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiCookieAuth } from '@nestjs/swagger';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { STAFF_ACCESS, type StaffAccess } from './staff-access.js';
import { StaffGuard } from './staff.guard.js';

/**
 * A route for signed-in staff who have the permission. Decorator and guard are one: the route cannot have the
 * permission without the check. Attaches the staff principal; writes must come from our own pages.
 *
 * @example \@StaffRoute('tenants.read') @Get('tenants')
 */
export function StaffRoute(access: StaffAccess): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(STAFF_ACCESS, access),
    UseGuards(StaffGuard),
    ApiCookieAuth('staff'),
    ApiErrors(
      [401, access === 'sign_in' ? 'invalid_credentials' : 'unauthenticated'],
      [403, 'origin_refused', 'permission_missing'],
    ),
  );
}
