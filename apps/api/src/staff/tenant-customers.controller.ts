import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CustomerLinks } from '@tollgate/billing';
import { CurrentPrincipal } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { UuidParam } from '../http/uuid-param.pipe.js';
import { providerId, providerName } from './provider.schemas.js';
import { staffReason } from './staff-reason.js';

const linkForm = z.strictObject({
  provider: providerName,
  customerId: providerId,
  reason: staffReason,
});

/** Whose a provider's customer is: for subscriptions that existed before Tollgate did. */
@ApiTags('staff')
@Controller('staff/tenants/:id/customers')
export class TenantCustomersController {
  constructor(private readonly links: CustomerLinks) {}

  @Post()
  @HttpCode(202)
  @StaffRoute('tenants.subscription.change')
  @ApiOperation({ summary: 'Links a customer to the tenant, and imports what the customer has and had' })
  @ApiAcceptedResponse({ standardSchema: z.object({ imported: z.number().int() }) })
  @ApiErrors([400, 'customer_unknown'], 404, [409, 'customer_conflict'], [503, 'provider_unavailable'])
  async link(
    @Param('id', new UuidParam('Tenant')) ownerId: string,
    @Body({ schema: linkForm }) { provider, customerId, reason }: z.infer<typeof linkForm>,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    return { imported: await this.links.link(ownerId, provider, customerId, { actor, reason, requestId }) };
  }
}
