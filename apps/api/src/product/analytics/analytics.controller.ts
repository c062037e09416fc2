import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BilledTo, CurrentAccess, type OwnedAccess, RequiresFeature } from '@tollgate/entitlements';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { WorkflowsStore } from '../workflows/workflows.store.js';

/** Analytics of the sample product: a flag, rolled out to some users. */
@ApiTags('sample product')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@Controller('v1/analytics')
export class AnalyticsController {
  constructor(private readonly workflows: WorkflowsStore) {}

  @Get()
  @RequiresFeature('analytics-dashboard')
  @ApiOperation({ summary: 'Numbers about the caller’s space' })
  @ApiOkResponse({ standardSchema: z.object({ workflows: z.number().int() }) })
  @ApiErrors([400, 'organization_mismatch'], 401, [
    403,
    'upgrade_required',
    'not_rolled_out',
    'owner_unresolved',
  ])
  async show(@CurrentAccess() { userId, organizationId }: OwnedAccess): Promise<object> {
    return { workflows: (await this.workflows.list({ userId: userId ?? '', organizationId })).length };
  }
}
