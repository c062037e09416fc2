import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PendingChanges, SubscriptionLife, SubscriptionsStore } from '@tollgate/billing';
import { BilledTo, CurrentAccess, type OwnedAccess, RequiresOwner } from '@tollgate/entitlements';
import { NotFoundError, TransactionRunner } from '@tollgate/kernel';
import { ApiErrors } from '../http/api-errors.decorator.js';
import { subscriptionView, type SubscriptionView, viewOfSubscription } from './subscription-view.js';

/** What a customer sees of the own subscription. */
@ApiTags('billing')
@ApiBearerAuth()
@BilledTo({ by: 'caller' })
@ApiErrors([400, 'organization_mismatch'], 401, [403, 'owner_unresolved'])
@Controller('v1')
export class SubscriptionController {
  constructor(
    private readonly subscriptions: SubscriptionsStore,
    private readonly pendingChanges: PendingChanges,
    private readonly life: SubscriptionLife,
    private readonly transactions: TransactionRunner,
  ) {}

  @Get('subscription')
  @RequiresOwner()
  @ApiOperation({ summary: 'The one subscription of whoever pays here' })
  @ApiOkResponse({ standardSchema: subscriptionView })
  async subscription(@CurrentAccess() { ownerId }: OwnedAccess): Promise<SubscriptionView> {
    const { reader } = this.transactions;
    const subscription = await this.subscriptions.ofOwner(reader, ownerId);
    if (!subscription) throw new NotFoundError('Subscription');
    const pending = await this.pendingChanges.of(reader, subscription);
    return viewOfSubscription(subscription, pending, await this.life.pauseOf(reader, subscription));
  }
}
