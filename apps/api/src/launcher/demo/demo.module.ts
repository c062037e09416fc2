import { type DynamicModule, Module } from '@nestjs/common';
import { BillingOwnerModule } from '@tollgate/billing';
import { AppModule, type Role } from '../../app.module.js';
import type { Config } from '../../config/config.js';
import { DemoKeys } from './demo-keys.service.js';
import { DemoStaff } from './demo-staff.service.js';
import { DemoTenants } from './demo-tenants.service.js';
import { StoryPerson } from './story-person.service.js';

/** The application as `npm start` runs it: with demo people, staff and keys. Never part of the built API. */
@Module({})
export class DemoModule {
  static forRoot(config: Config, role: Role): DynamicModule {
    return {
      module: DemoModule,
      imports: [AppModule.forRoot(config, role), BillingOwnerModule],
      providers: [DemoTenants, DemoKeys, DemoStaff, StoryPerson],
    };
  }
}
