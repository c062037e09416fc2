import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { ReconcileStore } from '@tollgate/billing';
import { TransactionRunner } from '@tollgate/kernel';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { pageOf, pageQuery } from './page.js';

const LATEST_RUNS = 20;
const differenceQuery = pageQuery.extend({ state: z.enum(['open', 'all']).default('all') });

/** What comparing with the providers has found. */
@ApiTags('staff')
@Controller('staff/reconcile')
export class ReconcileController {
  constructor(
    private readonly store: ReconcileStore,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get('runs')
  @StaffRoute('jobs.read')
  @ApiOperation({ summary: 'The latest runs, newest first' })
  async runs(): Promise<object> {
    return { data: await this.store.runs(this.transactions.reader, LATEST_RUNS) };
  }

  @Get('differences')
  @StaffRoute('jobs.read')
  @ApiOperation({ summary: 'A page of differences, field by field, newest first' })
  @ApiErrors(400)
  async differences(
    @Query({ schema: differenceQuery }) { state, after, limit }: z.infer<typeof differenceQuery>,
  ): Promise<object> {
    const filter = { open: state === 'open', after, limit: limit + 1 };
    const found = await this.store.differences(this.transactions.reader, filter);
    const { page, pageInfo } = pageOf(found, limit, ({ id }) => id);
    return { data: page, pageInfo };
  }
}
