import { Module } from '@nestjs/common';
import { TenantsModule } from '@tollgate/billing';
import { OverridesController } from './overrides.controller.js';
import { PlansController } from './plans.controller.js';
import { StaffOverrides } from './staff-overrides.service.js';
import { TenantEntitlements } from './tenant-entitlements.service.js';
import { TenantList } from './tenant-list.service.js';
import { TenantPage } from './tenant-page.service.js';
import { TenantsController } from './tenants.controller.js';

/** What the back office may do. */
@Module({
  imports: [TenantsModule],
  controllers: [TenantsController, OverridesController, PlansController],
  providers: [StaffOverrides, TenantList, TenantPage, TenantEntitlements],
})
export class StaffModule {}
