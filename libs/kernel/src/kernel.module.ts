import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AuditLog } from './audit/audit-log.service.js';
import { Clock, SystemClock } from './clock/clock.js';
import { TestClockFollower } from './clock/test-clock-follower.service.js';
import { TestClock } from './clock/test-clock.js';
import { Freshness } from './database/freshness.service.js';
import { Leases } from './database/leases.service.js';
import { Notifications } from './database/notifications.service.js';
import { TransactionRunner } from './database/transaction-runner.js';
import { IdGenerator, UuidV7Generator } from './ids/id-generator.js';
import { JobRegistry } from './work/job-registry.service.js';
import { JobRunner } from './work/job-runner.service.js';
import { JobRuns } from './work/job-runs.repository.js';
import { WorkHandlers } from './work/work-handlers.service.js';
import { WorkItems } from './work/work-items.repository.js';
import { WorkQueue } from './work/work-queue.service.js';
import { WorkRunner } from './work/work-runner.service.js';

/** How the floor is composed. */
export interface KernelOptions {
  /** `test`: our time follows the row that `PUT /test/clock` writes. */
  readonly clock: 'system' | 'test';
  /** Whether this process works off rows of work and scheduled jobs, or only serves requests. */
  readonly runsWork: boolean;
}

const FLOOR = [
  TransactionRunner,
  Leases,
  Freshness,
  Notifications,
  AuditLog,
  WorkQueue,
  WorkItems,
  WorkHandlers,
  JobRegistry,
  JobRuns,
];

/** The floor that everything stands on; global. Needs a TypeORM `DataSource` from the application. */
@Module({})
export class KernelModule {
  /** @example KernelModule.forRoot({ clock: 'system', runsWork: true }) */
  static forRoot(options: KernelOptions): DynamicModule {
    const clock =
      options.clock === 'test'
        ? [TestClock, { provide: Clock, useExisting: TestClock }, TestClockFollower]
        : [{ provide: Clock, useClass: SystemClock }];
    const clockExports = options.clock === 'test' ? [Clock, TestClock, TestClockFollower] : [Clock];
    return {
      module: KernelModule,
      global: true,
      imports: options.runsWork ? [ScheduleModule.forRoot()] : [],
      providers: [
        ...clock,
        { provide: IdGenerator, useClass: UuidV7Generator },
        ...FLOOR,
        ...(options.runsWork ? [WorkRunner, JobRunner] : []),
      ],
      exports: [...clockExports, IdGenerator, ...FLOOR],
    };
  }
}
