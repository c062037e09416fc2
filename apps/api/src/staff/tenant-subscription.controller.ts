import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  type Author,
  ChangePreviews,
  PlanChanges,
  type ProviderCommand,
  SubscriptionLife,
} from '@tollgate/billing';
import { CurrentPrincipal } from '@tollgate/entitlements';
import type { Principal } from '@tollgate/kernel';
import { CHANGE_CONFLICTS, CHANGE_REFUSALS, REVOKE_CONFLICTS } from '../account/change-errors.js';
import {
  acceptedView,
  previewView,
  viewOfAccepted,
  viewOfCommand,
  viewOfPreview,
  wishView,
} from '../account/change-views.js';
import { changeForm, type ChangeForm } from '../account/checkout-form.js';
import { StaffRoute } from '../auth/staff/staff-route.decorator.js';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { UuidParam } from '../http/uuid-param.pipe.js';
import {
  type StaffChangeForm,
  staffChangeForm,
  type StaffLifeForm,
  staffLifeForm,
} from './subscription-change.schemas.js';
import { TenantBilling } from './tenant-billing.service.js';

/** A tenant's subscription at its provider, changed by staff. Every wish is audited with its reason. */
@ApiTags('staff')
@Controller('staff/tenants/:id/subscription')
export class TenantSubscriptionController {
  constructor(
    private readonly changes: PlanChanges,
    private readonly previews: ChangePreviews,
    private readonly life: SubscriptionLife,
    private readonly billing: TenantBilling,
  ) {}

  @Get()
  @StaffRoute('tenants.read')
  @ApiOperation({ summary: 'Commands, refunds, disputes and alerts of the tenant' })
  @ApiOkResponse({ standardSchema: z.object({ data: z.record(z.string(), z.unknown()) }) })
  @ApiErrors(404)
  async show(@Param('id', new UuidParam('Tenant')) ownerId: string): Promise<object> {
    return { data: await this.billing.of(ownerId) };
  }

  @Post('preview')
  @HttpCode(200)
  @StaffRoute('tenants.read')
  @ApiOperation({ summary: 'What a change would cost the tenant; changes nothing' })
  @ApiOkResponse({ standardSchema: previewView })
  @ApiErrors(
    [400, ...CHANGE_REFUSALS],
    404,
    [409, ...CHANGE_CONFLICTS, 'provider_refused'],
    [503, 'provider_unavailable'],
  )
  async preview(
    @Param('id', new UuidParam('Tenant')) ownerId: string,
    @Body({ schema: changeForm }) form: ChangeForm,
  ): Promise<object> {
    return viewOfPreview(await this.previews.of(ownerId, form));
  }

  @Post('change')
  @HttpCode(202)
  @StaffRoute('tenants.subscription.change')
  @ApiOperation({ summary: 'Changes plan, interval or seats' })
  @ApiAcceptedResponse({ standardSchema: acceptedView })
  @ApiErrors([400, ...CHANGE_REFUSALS], 404, [409, ...CHANGE_CONFLICTS])
  async change(
    @Param('id', new UuidParam('Tenant')) ownerId: string,
    @Body({ schema: staffChangeForm }) { reason, ...request }: StaffChangeForm,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    return viewOfAccepted(await this.changes.change(ownerId, request, { actor, reason, requestId }));
  }

  @Post('life')
  @HttpCode(202)
  @StaffRoute('tenants.subscription.change')
  @ApiOperation({
    summary: 'Cancels, undoes a cancel, pauses, resumes, revokes, or takes a pending change back',
  })
  @ApiAcceptedResponse({ standardSchema: wishView })
  @ApiErrors([400, 'invalid_request', 'resume_too_early'], 404, [
    409,
    ...REVOKE_CONFLICTS,
    'cancel_scheduled',
    'not_canceled',
    'not_paused',
    'not_pausable',
    'resumes_by_hand',
    'upgrade_unpaid',
  ])
  async changeLife(
    @Param('id', new UuidParam('Tenant')) ownerId: string,
    @Body({ schema: staffLifeForm }) form: StaffLifeForm,
    @CurrentPrincipal() actor: Principal,
    @Req() { id: requestId }: FastifyRequest,
  ): Promise<object> {
    const command = await this.submit(ownerId, form, { actor, reason: form.reason, requestId });
    return { command: command && viewOfCommand(command) };
  }

  private async submit(
    ownerId: string,
    form: StaffLifeForm,
    author: Author,
  ): Promise<ProviderCommand | null> {
    switch (form.what) {
      case 'cancel':
        return this.life.cancel(ownerId, author);
      case 'undo_cancel':
        return this.life.undoCancel(ownerId, author);
      case 'pause':
        return this.life.pause(ownerId, form.resumesAt === null ? null : new Date(form.resumesAt), author);
      case 'resume':
        return this.life.resume(ownerId, author);
      case 'revoke':
        return this.life.revoke(ownerId, author);
      case 'revoke_change':
        return this.changes.revoke(ownerId, author);
    }
  }
}
