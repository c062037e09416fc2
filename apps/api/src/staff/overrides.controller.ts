import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { UuidParam } from '../http/uuid-param.pipe.js';
import {
  type EndOverrideForm,
  endOverrideForm,
  type MakeOverrideForm,
  makeOverrideForm,
} from './override.schemas.js';
import { StaffOverrides } from './staff-overrides.service.js';

/** Exceptions for one tenant. Every write is audited. */
@ApiTags('staff')
@Controller('staff/tenants/:id/overrides')
export class OverridesController {
  constructor(private readonly overrides: StaffOverrides) {}

  @Post()
  @StaffRoute('tenants.override.make')
  @ApiOperation({ summary: 'Makes an exception from now on, until an instant or without end' })
  @ApiCreatedResponse({ standardSchema: z.object({ id: z.string() }) })
  @ApiErrors([400, 'feature_unknown', 'override_invalid', 'until_past'], 404)
  async make(
    @Param('id', new UuidParam('Tenant')) ownerId: string,
    @Body({ schema: makeOverrideForm }) form: MakeOverrideForm,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    return { id: await this.overrides.make(ownerId, form, { actor, requestId }) };
  }

  @Post(':override/end')
  @HttpCode(204)
  @StaffRoute('tenants.override.make')
  @ApiOperation({ summary: 'Ends an exception now' })
  @ApiNoContentResponse()
  @ApiErrors(400, 404)
  async end(
    @Param('id', new UuidParam('Tenant')) ownerId: string,
    @Param('override', new UuidParam('Override')) overrideId: string,
    @Body({ schema: endOverrideForm }) { reason }: EndOverrideForm,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<void> {
    await this.overrides.end(ownerId, overrideId, reason, { actor, requestId });
  }
}
