import { Module } from '@nestjs/common';
import { Seats } from './seats.service.js';

/** Places taken by billable members. */
@Module({ providers: [Seats], exports: [Seats] })
export class SeatsModule {}
