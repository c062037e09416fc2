import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { BilledTo, CurrentAccess, type OwnedAccess, RequiresOwner } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { toWire, UsageHistory } from '@tollgate/usage';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { type UsageQueryForm, usageQuerySchema, usageView } from './usage.schemas.js';

/** What was used, step by step: for bars and charts, and for whoever wants to add it up. */
@ApiTags('account')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@Controller('v1/usage')
export class UsageController {
  constructor(
    private readonly history: UsageHistory,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get()
  @RequiresOwner()
  @ApiOperation({
    summary: 'The units of each step, feature, organization and principal, in order of time',
    description:
      'In an organization (by header or key) only what was used there; its payer, asking in person, sees everything that was paid for.',
  })
  @ApiOkResponse({ standardSchema: usageView })
  @ApiErrors(
    [400, 'invalid_request', 'range_invalid', 'organization_mismatch'],
    401,
    [403, 'owner_unresolved'],
    503,
  )
  async usage(
    @CurrentAccess() access: OwnedAccess,
    @Query({ schema: usageQuerySchema }) query: UsageQueryForm,
  ): Promise<z.output<typeof usageView>> {
    const { organization, from, to, ...filter } = query;
    const sums = await this.history.sums(this.transactions.reader, {
      ...filter,
      ownerId: access.ownerId,
      // Whoever acts in an organization sees that organization, whatever else its payer has.
      organizationId: access.organizationId ?? organization,
      from: new Date(from),
      to: new Date(to),
    });
    return {
      data: sums.map(({ start, quantity, ...sum }) => ({
        ...sum,
        start: start.toISOString(),
        quantity: toWire(quantity),
      })),
    };
  }
}
