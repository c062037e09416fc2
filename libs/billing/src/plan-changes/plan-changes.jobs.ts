import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '@tollgate/kernel';
import { DuePlanChanges } from './due-plan-changes.service.js';

const MINUTE_MS = 60_000;

/** Has the changes sent whose time has come. */
@Injectable()
export class PlanChangesJobs implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly due: DuePlanChanges,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: 'plan-changes.due', everyMs: MINUTE_MS, run: (at) => this.due.run(at) });
  }
}
