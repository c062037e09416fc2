import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobRegistry } from '@tollgate/kernel';
import { ReportUsage } from './report-usage.service.js';

const MINUTE_MS = 60_000;

/** Has usage reported, on one node at a time. */
@Injectable()
export class UsageReportingJob implements OnModuleInit {
  constructor(
    private readonly jobs: JobRegistry,
    private readonly reporting: ReportUsage,
  ) {}

  onModuleInit(): void {
    this.jobs.register({ name: 'usage.report', everyMs: MINUTE_MS, run: (at) => this.reporting.run(at) });
  }
}
