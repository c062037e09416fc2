import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { CurrentPrincipal } from '@tollgate/entitlements';
import { Clock, InvalidRequestError, type Principal } from '@tollgate/kernel';
import { ApiErrors } from '../../../http/api-errors.decorator.js';
import { UuidParam } from '../../../http/uuid-param.pipe.js';
import { requireUser } from '../../principal/require-user.js';
import { KeyConfirmations } from '../key-confirmations.service.js';
import {
  apiKeyListView,
  type ApiKeyView,
  listApiKeysSchema,
  newApiKeySchema,
  newApiKeyView,
  toApiKeyView,
} from './api-key.schemas.js';
import { ApiKeysService } from './api-keys.service.js';

/** Keys for programs that act for a user or an organization. */
@ApiTags('api-keys')
@ApiBearerAuth()
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly keys: ApiKeysService,
    private readonly clock: Clock,
    private readonly confirmations: KeyConfirmations,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Makes a key, for oneself or for an organization one is owner or admin of' })
  @ApiCreatedResponse({ standardSchema: newApiKeyView })
  @ApiErrors([400, 'invalid_request', 'expiry_past'], 401, [
    403,
    'owner_unresolved',
    'role_required',
    'user_required',
  ])
  async create(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: newApiKeySchema }) body: z.output<typeof newApiKeySchema>,
  ): Promise<z.infer<typeof newApiKeyView>> {
    const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt);
    if (expiresAt !== null && expiresAt <= this.clock.now())
      throw new InvalidRequestError('expiry_past', 'The key would be expired already');
    const { row, key } = await this.keys.create(requireUser(principal), {
      name: body.name,
      organizationId: body.organizationId ?? null,
      expiresAt,
    });
    return { ...toApiKeyView(row), key };
  }

  @Get()
  @ApiOperation({ summary: 'One’s own keys, or those of an organization one runs' })
  @ApiOkResponse({ standardSchema: apiKeyListView })
  @ApiErrors(400, 401, [403, 'owner_unresolved', 'role_required', 'user_required'])
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: listApiKeysSchema }) query: z.output<typeof listApiKeysSchema>,
  ): Promise<{ data: ApiKeyView[] }> {
    const rows = await this.keys.list(requireUser(principal), query.organizationId ?? null);
    return { data: rows.map((row) => toApiKeyView(row)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revokes a key at once' })
  @ApiNoContentResponse()
  @ApiErrors(401, [403, 'user_required'], 404)
  async revoke(
    @CurrentPrincipal() principal: Principal,
    @Param('id', new UuidParam('API key')) id: string,
  ): Promise<void> {
    await this.keys.revoke(requireUser(principal), id);
    // The notification is on its way to this process as well; whoever revoked shall not have to wait for it.
    this.confirmations.forget(id);
  }
}
