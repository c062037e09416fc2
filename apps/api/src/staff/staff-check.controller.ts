import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, type Decision } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';
import { type StaffCheckRequest, staffCheckSchema } from '../check/check.schemas.js';
import { Checks } from '../check/checks.service.js';
import { decisionView } from '../check/decision.schemas.js';
import { ApiErrors } from '../http/api-errors.decorator.js';

/** Why can they, or why can't they? */
@ApiTags('staff')
@Controller('staff/check')
export class StaffCheckController {
  constructor(private readonly checks: Checks) {}

  @Post()
  @HttpCode(200)
  @StaffRoute('tenants.read')
  @ApiOperation({
    summary: 'The decision about whom the body names, with all seven layers',
    description: '200 for yes and for no. Counts nothing.',
  })
  @ApiOkResponse({ standardSchema: decisionView })
  @ApiErrors(400)
  check(
    @Body({ schema: staffCheckSchema }) question: StaffCheckRequest,
    @CurrentPrincipal() principal: Principal,
  ): Promise<Decision> {
    return this.checks.check(
      { principal, organization: undefined },
      { ...question, consume: false, trace: true },
    );
  }
}
