import { Body, Controller, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import {
  type Author,
  BillingOwners,
  type ProviderCommand,
  ProviderCommandsStore,
  SubscriptionLife,
} from '@tollgate/billing';
import { BilledTo, CurrentAccess, type OwnedAccess, RequiresOwner } from '@tollgate/entitlements';
import { NotFoundError, TransactionRunner } from '@tollgate/kernel';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { UuidParam } from '../http/uuid-param.pipe.js';
import { requireBillingOwner } from './billing-owner-only.js';
import { commandView, viewOfCommand, wishView } from './change-views.js';
import { pauseBody, type PauseForm } from './checkout-form.js';

/** Cancelling, pausing, and taking either back. Access follows when the provider has confirmed. */
@ApiTags('billing')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@ApiErrors([400, 'organization_mismatch'], 401, [
  403,
  'billing_owner_only',
  'user_required',
  'owner_unresolved',
])
@Controller('v1/subscription')
export class SubscriptionLifeController {
  constructor(
    private readonly life: SubscriptionLife,
    private readonly commands: ProviderCommandsStore,
    private readonly owners: BillingOwners,
    private readonly transactions: TransactionRunner,
  ) {}

  @Post('cancel')
  @HttpCode(202)
  @RequiresOwner()
  @ApiOperation({ summary: 'Ends the subscription with the period that is paid for' })
  @ApiAcceptedResponse({ standardSchema: wishView })
  @ApiErrors([409, 'no_subscription', 'cancel_scheduled'])
  async cancel(@CurrentAccess() access: OwnedAccess, @Req() { id }: FastifyRequest): Promise<object> {
    return this.submit(access, id, (ownerId, author) => this.life.cancel(ownerId, author));
  }

  @Post('undo-cancel')
  @HttpCode(202)
  @RequiresOwner()
  @ApiOperation({ summary: 'Takes a scheduled cancel back' })
  @ApiAcceptedResponse({ standardSchema: wishView })
  @ApiErrors([409, 'no_subscription', 'not_canceled'])
  async undoCancel(@CurrentAccess() access: OwnedAccess, @Req() { id }: FastifyRequest): Promise<object> {
    return this.submit(access, id, (ownerId, author) => this.life.undoCancel(ownerId, author));
  }

  @Post('pause')
  @HttpCode(202)
  @RequiresOwner()
  @ApiOperation({ summary: 'Pauses the subscription; a paused one gives no access' })
  @ApiAcceptedResponse({ standardSchema: wishView })
  @ApiErrors(
    [400, 'invalid_request', 'resume_too_early'],
    [409, 'no_subscription', 'cancel_scheduled', 'not_pausable', 'resumes_by_hand', 'upgrade_unpaid'],
  )
  async pause(
    @Body({ schema: pauseBody }) { resumesAt }: PauseForm,
    @CurrentAccess() access: OwnedAccess,
    @Req() { id }: FastifyRequest,
  ): Promise<object> {
    const until = resumesAt === null ? null : new Date(resumesAt);
    return this.submit(access, id, (ownerId, author) => this.life.pause(ownerId, until, author));
  }

  @Post('resume')
  @HttpCode(202)
  @RequiresOwner()
  @ApiOperation({ summary: 'Resumes a paused subscription, or takes a pause back that has not begun' })
  @ApiAcceptedResponse({ standardSchema: wishView })
  @ApiErrors([409, 'no_subscription', 'not_paused'])
  async resume(@CurrentAccess() access: OwnedAccess, @Req() { id }: FastifyRequest): Promise<object> {
    return this.submit(access, id, (ownerId, author) => this.life.resume(ownerId, author));
  }

  @Get('commands/:id')
  @RequiresOwner()
  @ApiOperation({ summary: 'What became of a wish to the provider' })
  @ApiOkResponse({ standardSchema: commandView })
  @ApiErrors(404)
  async command(
    @Param('id', new UuidParam('Command')) id: string,
    @CurrentAccess() { ownerId }: OwnedAccess,
  ): Promise<object> {
    const command = await this.commands.find(this.transactions.reader, ownerId, id);
    if (!command) throw new NotFoundError('Command');
    return viewOfCommand(command);
  }

  private async submit(
    access: OwnedAccess,
    requestId: string,
    wish: (ownerId: string, author: Author) => Promise<ProviderCommand>,
  ): Promise<object> {
    const ownerId = await requireBillingOwner(access, this.owners, this.transactions.reader);
    return { command: viewOfCommand(await wish(ownerId, { actor: access.principal, requestId })) };
  }
}
