import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { CurrentPrincipal, type Decision, ORGANIZATION_HEADER } from '@tollgate/entitlements';
import { Clock, type Principal } from '@tollgate/kernel';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { type BatchRequest, batchSchema, type CheckRequest, checkSchema } from './check.schemas.js';
import { type BatchRow, Checks } from './checks.service.js';
import { decisionHeaders } from './decision-headers.js';
import { batchView, decisionView } from './decision.schemas.js';

/** The decision for programs in any language: 200 for yes and for no, since the question was answered. */
@ApiTags('check')
@ApiBearerAuth()
@ApiBearerAuth('service_key')
@ApiHeader({ name: 'Tollgate-Organization', required: false, description: 'Id of an organization' })
@ApiErrors([400, 'invalid_request', 'organization_mismatch'], 401)
@Controller('v1/check')
export class CheckController {
  constructor(
    private readonly checks: Checks,
    private readonly clock: Clock,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Decides whether a subject may use a feature now, and who pays',
    description: 'Counts nothing, unless it is to consume.',
  })
  @ApiErrors(
    [400, 'invalid_request', 'organization_mismatch', 'feature_not_metered'],
    [409, 'idempotency_mismatch'],
  )
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: decisionView })
  async check(
    @CurrentPrincipal() principal: Principal,
    @Headers(ORGANIZATION_HEADER) organization: string | undefined,
    @Body({ schema: checkSchema }) body: CheckRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Decision> {
    const decision = await this.checks.check({ principal, organization }, body);
    void reply.headers(decisionHeaders(decision, this.clock.now()));
    return decision;
  }

  @Post('batch')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Up to 100 features for up to 100 subjects; across owners for service keys only',
    description: 'Counts nothing.',
  })
  @ApiOkResponse({ standardSchema: batchView })
  async batch(
    @CurrentPrincipal() principal: Principal,
    @Headers(ORGANIZATION_HEADER) organization: string | undefined,
    @Body({ schema: batchSchema }) body: BatchRequest,
  ): Promise<{ data: BatchRow[] }> {
    return { data: await this.checks.batch({ principal, organization }, body) };
  }
}
