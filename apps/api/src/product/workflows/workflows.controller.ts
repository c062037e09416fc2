import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import {
  BilledTo,
  type CapacityClaim,
  CapacityReturns,
  Claim,
  CurrentAccess,
  type OwnedAccess,
  RequiresOwner,
  WithinCapacity,
} from '@tollgate/entitlements';
import { NotFoundError, TransactionRunner } from '@tollgate/kernel';
import { nameSchema } from '../../auth/users/user.schemas.js';
import { ApiErrors } from '../../http/api-errors.decorator.js';
import { UuidParam } from '../../http/uuid-param.pipe.js';
import { RequiresWorkingMember } from '../working-member.guard.js';
import { WorkflowOwnership } from './workflow-ownership.js';
import { type Workflow, type WorkflowSpace, WorkflowsStore } from './workflows.store.js';

const workflowForm = z.strictObject({ name: nameSchema });
type WorkflowForm = z.infer<typeof workflowForm>;

const workflowView = z.object({
  id: z.string(),
  name: z.string(),
  organizationId: z.string().nullable(),
  createdAt: z.iso.datetime(),
});

/** Workflows of the sample product: counted in total and in each organization. */
@ApiTags('sample product')
@ApiBearerAuth()
@ApiErrors(
  [400, 'invalid_request', 'organization_mismatch'],
  401,
  [403, 'capacity_reached', 'owner_unresolved', 'role_required'],
  404,
)
@BilledTo({ by: 'caller' })
@Controller('v1/workflows')
export class WorkflowsController {
  constructor(
    private readonly workflows: WorkflowsStore,
    private readonly transactions: TransactionRunner,
    private readonly capacity: CapacityReturns,
  ) {}

  @Post()
  @WithinCapacity('workflows', 'workflows_per_organization')
  @RequiresWorkingMember()
  @ApiOperation({
    summary: 'Makes a workflow in the caller’s personal space, or in the organization that the request names',
  })
  @ApiCreatedResponse({ standardSchema: workflowView })
  async create(
    @Body({ schema: workflowForm }) { name }: WorkflowForm,
    @CurrentAccess() access: OwnedAccess,
    @Claim() claim: CapacityClaim,
  ): Promise<object> {
    const workflow = await this.transactions.run(async (tx) => {
      await claim.take(tx);
      return this.workflows.insert(tx, spaceOf(access), name);
    });
    return viewOf(workflow);
  }

  @Get()
  @RequiresOwner()
  @ApiOperation({ summary: 'Lists the workflows of the same space' })
  @ApiOkResponse({ standardSchema: z.object({ data: z.array(workflowView) }) })
  async list(@CurrentAccess() access: OwnedAccess): Promise<object> {
    return { data: (await this.workflows.list(spaceOf(access))).map(viewOf) };
  }

  @Get(':id')
  @BilledTo({ by: 'resource', lookup: WorkflowOwnership })
  @RequiresOwner()
  @ApiOperation({ summary: 'Shows one workflow' })
  @ApiOkResponse({ standardSchema: workflowView })
  async show(@Param('id', new UuidParam('Workflow')) id: string): Promise<object> {
    return viewOf(await this.found(id));
  }

  @Patch(':id')
  @BilledTo({ by: 'resource', lookup: WorkflowOwnership })
  @RequiresWorkingMember()
  @ApiOperation({ summary: 'Renames one workflow' })
  @ApiOkResponse({ standardSchema: workflowView })
  async rename(
    @Param('id', new UuidParam('Workflow')) id: string,
    @Body({ schema: workflowForm }) { name }: WorkflowForm,
  ): Promise<object> {
    await this.transactions.run((tx) => this.workflows.rename(tx, id, name));
    return viewOf(await this.found(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @BilledTo({ by: 'resource', lookup: WorkflowOwnership })
  @RequiresWorkingMember()
  @ApiOperation({ summary: 'Deletes one workflow; its place is free again' })
  @ApiNoContentResponse()
  async delete(
    @Param('id', new UuidParam('Workflow')) id: string,
    @CurrentAccess() access: OwnedAccess,
  ): Promise<void> {
    await this.transactions.run(async (tx) => {
      if (!(await this.workflows.delete(tx, id))) throw new NotFoundError('Workflow');
      await this.capacity.giveBack(tx, access, 'workflows', 'workflows_per_organization');
    });
  }

  private async found(id: string): Promise<Workflow> {
    const workflow = await this.workflows.find(id);
    if (!workflow) throw new NotFoundError('Workflow');
    return workflow;
  }
}

/** An organization's key has no user of its own: the organization stands for the maker. */
function spaceOf({ userId, organizationId }: OwnedAccess): WorkflowSpace {
  return { userId: userId ?? organizationId ?? '', organizationId };
}

function viewOf({ id, name, organizationId, createdAt }: Workflow): object {
  return { id, name, organizationId, createdAt: createdAt.toISOString() };
}
