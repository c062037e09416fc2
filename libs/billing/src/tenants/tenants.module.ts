import { Module } from '@nestjs/common';
import { BillingOwnerModule } from '../billing-owner/billing-owner.module.js';
import { GivenPlans } from '../given-plans/given-plans.service.js';
import { Tenants } from './tenants.service.js';

/** What the back office reads and does about tenants. */
@Module({
  imports: [BillingOwnerModule],
  providers: [Tenants, GivenPlans],
  exports: [BillingOwnerModule, Tenants, GivenPlans],
})
export class TenantsModule {}
