import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '@tollgate/kernel';
import { CapacityRecount } from './capacity/capacity-recount.service.js';
import { ExpiredReservations } from './grants/expired-reservations.service.js';
import { UsageClosing } from './records/usage-closing.service.js';
import { UsageRetention } from './records/usage-retention.service.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Housekeeping of counts. None of it enforces anything: windows open by themselves, expired units are held by nobody. */
@Injectable()
export class UsageJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly reservations: ExpiredReservations,
    private readonly closing: UsageClosing,
    private readonly retention: UsageRetention,
    private readonly recount: CapacityRecount,
  ) {}

  onModuleInit(): void {
    this.jobs.register({
      name: 'usage.expire-reservations',
      everyMs: MINUTE_MS,
      run: (at) => this.reservations.sweep(at),
    });
    this.jobs.register({ name: 'usage.close', everyMs: 5 * MINUTE_MS, run: (at) => this.closing.run(at) });
    this.jobs.register({ name: 'usage.prune', everyMs: DAY_MS, run: (at) => this.retention.run(at) });
    this.jobs.register({
      name: 'usage.recount-capacity',
      everyMs: DAY_MS,
      run: async () => (await this.recount.run()).length,
    });
  }
}
