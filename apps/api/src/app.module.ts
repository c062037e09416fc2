import { type DynamicModule, Module } from '@nestjs/common';
import {
  BillingModule,
  BillingOwnerModule,
  TenantBillingOwnerResolver,
  UserDirectory,
} from '@tollgate/billing';
import { BillingOwnerResolver, type CatalogForm, EntitlementsModule } from '@tollgate/entitlements';
import { KernelModule } from '@tollgate/kernel';
import { UsageModule } from '@tollgate/usage';
import { AccountModule } from './account/account.module.js';
import { AuthModule } from './auth/auth.module.js';
import { SampleUserDirectory } from './auth/users/sample-user-directory.js';
import { CheckModule } from './check/check.module.js';
import { decisionLines } from './check/decision-lines.js';
import type { Config } from './config/config.js';
import { DatabaseModule } from './database/database.module.js';
import { CATALOG_SEED, CatalogSeed } from './database/seeds/catalog-seed.service.js';
import { seedCatalog } from './database/seeds/catalog.js';
import { HealthModule } from './http/health.module.js';
import { MailModule } from './mail/mail.module.js';
import { ProductModule } from './product/product.module.js';
import { StaffModule } from './staff/staff.module.js';
import { TestClockModule } from './test-clock/test-clock.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** What a process is for, beside its configuration. */
export interface Role {
  /** Works off rows of work and scheduled jobs. */
  readonly runsWork: boolean;
  /** What an empty database starts with, instead of the seed catalog. */
  readonly catalog?: CatalogForm;
  /** Keeps mails for a page of ours: only for a local start. */
  readonly devMailbox?: boolean;
  /** Cheap password hashes: only for tests. */
  readonly passwordCost?: 'production' | 'test';
}

/** The ports that lower rooms declare, bound to what implements them: the only place where the two meet. */
@Module({})
class PortsModule {
  static forRoot(auth: DynamicModule): DynamicModule {
    return {
      module: PortsModule,
      global: true,
      imports: [auth, BillingOwnerModule],
      providers: [
        { provide: BillingOwnerResolver, useExisting: TenantBillingOwnerResolver },
        { provide: UserDirectory, useExisting: SampleUserDirectory },
      ],
      exports: [BillingOwnerResolver, UserDirectory, auth],
    };
  }
}

/** The whole application, composed from its configuration. */
@Module({})
export class AppModule {
  static forRoot(config: Config, role: Role): DynamicModule {
    const { http, jwt, payments, testClock, compatDenialBody, cacheTtlSeconds, usage } = config;
    const auth = AuthModule.forRoot({
      jwt,
      appUrl: http.appUrl,
      compatDenialBody,
      passwordCost: role.passwordCost ?? 'production',
    });
    return {
      module: AppModule,
      imports: [
        DatabaseModule.forRoot(config.database.url),
        KernelModule.forRoot({ clock: testClock ? 'test' : 'system', runsWork: role.runsWork }),
        MailModule.forRoot({ devMailbox: role.devMailbox ?? false }),
        PortsModule.forRoot(auth),
        UsageModule.forRoot(usage),
        EntitlementsModule.forRoot({
          upgradeUrl: '/pricing',
          compatDenialBody,
          cacheTtlSeconds,
          onDecision: decisionLines(config.decisionLog, (line) => process.stdout.write(line)),
          redisUrl: config.redis?.url ?? null,
        }),
        BillingModule.forRoot({
          appUrl: http.appUrl,
          providers: payments.providers.map((one) => one.create()),
          signatureHeaders: payments.signatureHeaders,
          selling: payments.selling,
          prices: payments.prices,
          currency: payments.currency,
          trialDays: payments.trialDays,
          proration: payments.proration,
          silenceHours: payments.silenceHours,
          returnOrigins: [new URL(http.appUrl).origin, ...payments.returnOrigins],
        }),
        HealthModule,
        WebhooksModule,
        AccountModule,
        CheckModule,
        StaffModule,
        ProductModule,
        ...(testClock ? [TestClockModule.forRoot(testClock)] : []),
      ],
      providers: [CatalogSeed, { provide: CATALOG_SEED, useValue: role.catalog ?? seedCatalog }],
    };
  }
}
