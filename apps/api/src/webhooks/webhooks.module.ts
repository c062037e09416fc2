import { Module } from '@nestjs/common';
import { SubscriptionSyncModule } from '@tollgate/billing';
import { PaymentWebhookController } from './payment-webhook.controller.js';

/** What providers send us. */
@Module({ imports: [SubscriptionSyncModule], controllers: [PaymentWebhookController] })
export class WebhooksModule {}
