import { Module } from '@nestjs/common';
import { CapacityCounters } from './capacity/capacity-counters.service.js';

/** Counts: standing counts now; windows, reservations and records as the next steps bring them. */
@Module({ providers: [CapacityCounters], exports: [CapacityCounters] })
export class UsageModule {}
