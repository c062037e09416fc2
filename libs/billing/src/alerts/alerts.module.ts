import { Module } from '@nestjs/common';
import { Alerts } from './alerts.service.js';

/** What staff are to look at. */
@Module({ providers: [Alerts], exports: [Alerts] })
export class AlertsModule {}
