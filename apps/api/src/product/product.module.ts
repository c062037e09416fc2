import { Module } from '@nestjs/common';
import { BillingOwnerModule } from '@tollgate/billing';
import { AnalyticsController } from './analytics/analytics.controller.js';
import { ExportsController } from './exports/exports.controller.js';
import { WorkflowCensus } from './workflows/workflow-census.service.js';
import { WorkflowOwnership } from './workflows/workflow-ownership.js';
import { WorkflowsController } from './workflows/workflows.controller.js';
import { WorkflowsStore } from './workflows/workflows.store.js';

/** The sample product: the living example of every decorator. */
@Module({
  imports: [BillingOwnerModule],
  controllers: [WorkflowsController, ExportsController, AnalyticsController],
  providers: [WorkflowsStore, WorkflowOwnership, WorkflowCensus],
})
export class ProductModule {}
