import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import { ApiErrors } from '../../../http/api-errors.decorator.js';
import { UuidParam } from '../../../http/uuid-param.pipe.js';
import { requireStaff } from '../../principal/require-staff.js';
import { StaffRoute } from '../../staff/staff-route.decorator.js';
import { KeyConfirmations } from '../key-confirmations.service.js';
import {
  type NewServiceKey,
  newServiceKeySchema,
  newServiceKeyView,
  revokeServiceKeySchema,
  serviceKeyListView,
  type ServiceKeyView,
  toServiceKeyView,
} from './service-key.schemas.js';
import { ServiceKeysService } from './service-keys.service.js';

/** Keys for other systems of ours, which may ask about any owner. Every write is audited with its reason. */
@ApiTags('staff')
@Controller('staff/service-keys')
export class ServiceKeysController {
  constructor(
    private readonly keys: ServiceKeysService,
    private readonly confirmations: KeyConfirmations,
  ) {}

  @Post()
  @StaffRoute('service_keys.manage')
  @ApiOperation({ summary: 'Makes a key; its text is shown this once' })
  @ApiCreatedResponse({ standardSchema: newServiceKeyView })
  @ApiErrors([400, 'invalid_request', 'expiry_past'])
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newServiceKeySchema }) body: NewServiceKey,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<z.infer<typeof newServiceKeyView>> {
    const act = { actor: requireStaff(principal), requestId, reason: body.reason };
    const { row, key } = await this.keys.create(body, act);
    return { ...toServiceKeyView(row), key };
  }

  @Get()
  @StaffRoute('service_keys.manage')
  @ApiOperation({ summary: 'All keys: those in force first, then the newest' })
  @ApiOkResponse({ standardSchema: serviceKeyListView })
  async list(): Promise<{ data: ServiceKeyView[] }> {
    return { data: (await this.keys.list()).map((row) => toServiceKeyView(row)) };
  }

  @Post(':id/revoke')
  @HttpCode(204)
  @StaffRoute('service_keys.manage')
  @ApiOperation({ summary: 'Revokes a key at once' })
  @ApiNoContentResponse()
  @ApiErrors(400, 404)
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('id', new UuidParam('Service key')) id: string,
    @Body({ schema: revokeServiceKeySchema }) { reason }: z.output<typeof revokeServiceKeySchema>,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<void> {
    await this.keys.revoke(id, { actor: requireStaff(principal), requestId, reason });
    this.confirmations.forget(id);
  }
}
