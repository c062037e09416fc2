import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { SubscriptionsStore } from '@tollgate/billing';
import {
  BilledTo,
  CurrentAccess,
  EntitlementsService,
  type OwnedAccess,
  RequiresOwner,
} from '@tollgate/entitlements';
import { NotFoundError, TransactionRunner } from '@tollgate/kernel';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { subscriptionView, type SubscriptionView, viewOfSubscription } from './subscription-view.js';

/** What a customer sees of the own subscription, and of what it includes. */
@ApiTags('billing')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@ApiErrors(401, [403, 'owner_unresolved'])
@Controller('v1')
export class SubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionsStore,
    private readonly entitlements: EntitlementsService,
    private readonly transactions: TransactionRunner,
  ) {}

  /** The one subscription of whoever pays here. */
  @Get('subscription')
  @RequiresOwner()
  @ApiOkResponse({ standardSchema: subscriptionView })
  async subscription(@CurrentAccess() { ownerId }: OwnedAccess): Promise<SubscriptionView> {
    const subscription = await this.subscriptions.ofOwner(this.transactions.reader, ownerId);
    if (!subscription) throw new NotFoundError('Subscription');
    return viewOfSubscription(subscription);
  }

  /** Every feature with its decision, for locking buttons. */
  @Get('entitlements')
  @RequiresOwner()
  @ApiOkResponse({ standardSchema: z.object({ data: z.array(z.record(z.string(), z.unknown())) }) })
  async snapshot(@CurrentAccess() access: OwnedAccess): Promise<object> {
    return { data: [...(await this.entitlements.snapshot(access)).values()] };
  }
}
