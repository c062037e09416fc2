import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module.js';
import { WebhookWatch } from './webhook-watch.service.js';
import { WebhookWatchStore } from './webhook-watch.store.js';

/** Notices when a provider's webhooks fall silent. */
@Module({ imports: [AlertsModule], providers: [WebhookWatch, WebhookWatchStore] })
export class WebhookWatchModule {}
