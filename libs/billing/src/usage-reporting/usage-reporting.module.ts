import { Module } from '@nestjs/common';
import { OverageLedger } from '@tollgate/usage';
import { AlertsModule } from '../alerts/alerts.module.js';
import { BillingOwnerModule } from '../billing-owner/billing-owner.module.js';
import { ReportUsage } from './report-usage.service.js';
import { UsageReportingJob } from './usage-reporting.job.js';
import { UsageReportsStore } from './usage-reports.store.js';

/** Tells the providers' meters of units beyond limits. */
@Module({
  imports: [AlertsModule, BillingOwnerModule],
  // The ledger has no state: its own module, configured by the application, is not imported twice.
  providers: [OverageLedger, ReportUsage, UsageReportingJob, UsageReportsStore],
  exports: [ReportUsage],
})
export class UsageReportingModule {}
