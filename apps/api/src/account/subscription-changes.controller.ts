import { Body, Controller, Delete, HttpCode, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Author, BillingOwners, ChangePreviews, PlanChanges } from '@tollgate/billing';
import { BilledTo, CurrentAccess, type OwnedAccess, RequiresOwner } from '@tollgate/entitlements';
import { TransactionRunner } from '@tollgate/kernel';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { requireBillingOwner } from './billing-owner-only.js';
import { CHANGE_CONFLICTS, CHANGE_REFUSALS, REVOKE_CONFLICTS } from './change-errors.js';
import {
  acceptedView,
  previewView,
  viewOfAccepted,
  viewOfCommand,
  viewOfPreview,
  wishView,
} from './change-views.js';
import { changeForm, type ChangeForm } from './checkout-form.js';

/** Changing plan, interval and seats: more at once, less at the end of the period. */
@ApiTags('billing')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@ApiErrors([400, 'organization_mismatch'], 401, [
  403,
  'billing_owner_only',
  'user_required',
  'owner_unresolved',
])
@Controller('v1/subscription/change')
export class SubscriptionChangesController {
  constructor(
    private readonly changes: PlanChanges,
    private readonly previews: ChangePreviews,
    private readonly owners: BillingOwners,
    private readonly transactions: TransactionRunner,
  ) {}

  @Post('preview')
  @HttpCode(200)
  @RequiresOwner()
  @ApiOperation({
    summary: 'What a change would cost; changes nothing',
    description: '`dropsPending` is the pending change that would give way to it.',
  })
  @ApiOkResponse({ standardSchema: previewView })
  @ApiErrors(
    [400, ...CHANGE_REFUSALS],
    [409, ...CHANGE_CONFLICTS, 'provider_refused'],
    [503, 'provider_unavailable'],
  )
  async preview(
    @Body({ schema: changeForm }) form: ChangeForm,
    @CurrentAccess() access: OwnedAccess,
  ): Promise<object> {
    return viewOfPreview(await this.previews.of(await this.ownerOf(access), form));
  }

  @Post()
  @HttpCode(202)
  @RequiresOwner()
  @ApiOperation({
    summary: 'Takes on a change of plan, interval or seats',
    description:
      'Access follows when the provider has confirmed it. A change that was pending is dropped for it, also when the provider refuses the new one.',
  })
  @ApiAcceptedResponse({ standardSchema: acceptedView })
  @ApiErrors([400, ...CHANGE_REFUSALS], [409, ...CHANGE_CONFLICTS])
  async change(
    @Body({ schema: changeForm }) form: ChangeForm,
    @CurrentAccess() access: OwnedAccess,
    @Req() { id }: FastifyRequest,
  ): Promise<object> {
    const ownerId = await this.ownerOf(access);
    return viewOfAccepted(await this.changes.change(ownerId, form, authorOf(access, id)));
  }

  @Delete()
  @HttpCode(202)
  @RequiresOwner()
  @ApiOperation({
    summary: 'Takes a pending change back',
    description: 'Without a command it was kept here, and is gone.',
  })
  @ApiAcceptedResponse({ standardSchema: wishView })
  @ApiErrors([409, ...REVOKE_CONFLICTS])
  async revoke(@CurrentAccess() access: OwnedAccess, @Req() { id }: FastifyRequest): Promise<object> {
    const command = await this.changes.revoke(await this.ownerOf(access), authorOf(access, id));
    return { command: command && viewOfCommand(command) };
  }

  private async ownerOf(access: OwnedAccess): Promise<string> {
    return requireBillingOwner(access, this.owners, this.transactions.reader);
  }
}

function authorOf({ principal }: OwnedAccess, requestId: string): Author {
  return { actor: principal, requestId };
}
