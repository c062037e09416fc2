import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { BilledTo, CurrentAccess, type OwnedAccess, RequiresFeature } from '@tollgate/entitlements';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { WorkflowsStore } from '../workflows/workflows.store.js';

const exportView = z.object({
  workflows: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.iso.datetime() })),
});

/** Export of the sample product: for plans that include it. */
@ApiTags('sample product')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@Controller()
export class ExportsController {
  constructor(private readonly workflows: WorkflowsStore) {}

  /** All workflows of the caller's space, as JSON. */
  @Post(['v1/export', 'api/export'])
  @HttpCode(200)
  @RequiresFeature('export')
  @ApiOkResponse({ standardSchema: exportView })
  @ApiErrors(401, [403, 'upgrade_required', 'subscription_lapsed', 'owner_unresolved'])
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
