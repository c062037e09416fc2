import { Module } from '@nestjs/common';
import {
  PlanChangesModule,
  PriceMappingsModule,
  PricingModule,
  ProviderCommandsModule,
  ReconcileModule,
  SubscriptionSyncModule,
  TenantsModule,
} from '@tollgate/billing';
import { CheckModule } from '../check/check.module.js';
import { AlertsController } from './alerts.controller.js';
import { CatalogDraftsController } from './catalog/catalog-drafts.controller.js';
import { CatalogController } from './catalog/catalog.controller.js';
import { StaffCatalog } from './catalog/staff-catalog.service.js';
import { OverridesController } from './overrides.controller.js';
import { PlansController } from './plans.controller.js';
import { PricesController } from './prices.controller.js';
import { ReconcileController } from './reconcile.controller.js';
import { StaffCheckController } from './staff-check.controller.js';
import { StaffOverrides } from './staff-overrides.service.js';
import { TenantBilling } from './tenant-billing.service.js';
import { TenantCustomersController } from './tenant-customers.controller.js';
import { TenantEntitlements } from './tenant-entitlements.service.js';
import { TenantList } from './tenant-list.service.js';
import { TenantPage } from './tenant-page.service.js';
import { TenantSubscriptionController } from './tenant-subscription.controller.js';
import { TenantsController } from './tenants.controller.js';

/** What the back office may do. */
@Module({
  imports: [
    CheckModule,
    PlanChangesModule,
    PriceMappingsModule,
    PricingModule,
    ProviderCommandsModule,
    ReconcileModule,
    SubscriptionSyncModule,
    TenantsModule,
  ],
  controllers: [
    TenantsController,
    TenantSubscriptionController,
    TenantCustomersController,
    OverridesController,
    PlansController,
    PricesController,
    AlertsController,
    ReconcileController,
    CatalogController,
    CatalogDraftsController,
    StaffCheckController,
  ],
  providers: [StaffCatalog, StaffOverrides, TenantList, TenantPage, TenantEntitlements, TenantBilling],
})
export class StaffModule {}
