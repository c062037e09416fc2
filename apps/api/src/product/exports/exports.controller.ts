import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BilledTo, Consumes, CurrentAccess, type OwnedAccess } from '@tollgate/entitlements';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { WorkflowsStore } from '../workflows/workflows.store.js';

const exportView = z.object({
  workflows: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() })),
});

/** Export of the sample product: for plans that include it, so many times a day. */
@ApiTags('sample product')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@Controller()
export class ExportsController {
  constructor(private readonly workflows: WorkflowsStore) {}

  @Post(['v1/export', 'api/export'])
  @HttpCode(200)
  @Consumes('export')
  @ApiOperation({ summary: 'All workflows of the caller’s space, as JSON' })
  @ApiOkResponse({ standardSchema: exportView })
  @ApiErrors(
    [400, 'idempotency_key_invalid'],
    401,
    [403, 'upgrade_required', 'subscription_lapsed', 'owner_unresolved'],
    [409, 'duplicate_request', 'idempotency_mismatch'],
    [429, 'quota_exceeded'],
    503,
  )
  async export(@CurrentAccess() { userId, organizationId }: OwnedAccess): Promise<object> {
    const workflows = await this.workflows.list({ userId: userId ?? '', organizationId });
    return {
      workflows: workflows.map(({ id, name, createdAt }) => ({
        id,
        name,
        createdAt: createdAt.toISOString(),
      })),
    };
  }
}
