import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Alerts } from '@tollgate/billing';
import { CurrentPrincipal } from '@tollgate/entitlements';
import { AuditLog, type Principal, TransactionRunner } from '@tollgate/kernel';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { UuidParam } from '../http/uuid-param.pipe.js';
import { viewOfAlert } from './alert-view.js';
import { pageOf, pageQuery } from './page.js';
import { staffReason } from './staff-reason.js';

const alertQuery = pageQuery.extend({ state: z.enum(['open', 'resolved']).default('open') });
const resolveForm = z.strictObject({ reason: staffReason });

/** What went wrong in selling and needs somebody's eyes. */
@ApiTags('staff')
@Controller('staff/alerts')
export class AlertsController {
  constructor(
    private readonly alerts: Alerts,
    private readonly audit: AuditLog,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get()
  @StaffRoute('inbox.read')
  @ApiOperation({ summary: 'A page of alerts, newest first' })
  @ApiErrors(400)
  async index(
    @Query({ schema: alertQuery }) { state, after, limit }: z.infer<typeof alertQuery>,
  ): Promise<object> {
    const filter = { open: state === 'open', after, limit: limit + 1 };
    const found = await this.alerts.list(this.transactions.reader, filter);
    const { page, pageInfo } = pageOf(found, limit, ({ id }) => id);
    return { data: page.map(viewOfAlert), pageInfo };
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @StaffRoute('inbox.replay')
  @ApiOperation({ summary: 'Puts an alert away' })
  @ApiErrors(400, 404)
  async resolve(
    @Param('id', new UuidParam('Alert')) id: string,
    @Body({ schema: resolveForm }) { reason }: z.infer<typeof resolveForm>,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    const alert = await this.transactions.run(async (tx) => {
      const resolved = await this.alerts.resolve(tx, id, reason);
      const subject = { type: 'alert', id };
      const ownerId = resolved.ownerId ?? undefined;
      await this.audit.record(tx, { actor, requestId, reason, ownerId, subject, action: 'alert.resolved' });
      return resolved;
    });
    return { data: viewOfAlert(alert) };
  }
}
