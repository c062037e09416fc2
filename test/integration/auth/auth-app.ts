import { Module, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DataSource } from 'typeorm';
import { BillingOwnersAndSubscriptions1764000400000 } from '@tollgate/billing';
import { EntitlementsCatalog1764000200000 } from '@tollgate/entitlements';
import { KernelFloor1764000000000, KernelModule, ManualClock } from '@tollgate/kernel';
import { UsageCapacity1764000100000 } from '@tollgate/usage';
import { AuthModule } from '../../../apps/api/src/auth/auth.module.js';
import type { AuthOptions } from '../../../apps/api/src/auth/auth.options.js';
import { SampleUsers1764000300000 } from '../../../apps/api/src/auth/migrations/1764000300000-sample-users.js';
import { ServiceKeys1764000310000 } from '../../../apps/api/src/auth/migrations/1764000310000-service-keys.js';
import { RealTime } from '../../../apps/api/src/auth/real-time.js';
import { configureHttp } from '../../../apps/api/src/http/configure-http.js';
import { createFastifyAdapter } from '../../../apps/api/src/http/fastify-adapter.js';
import { HealthModule } from '../../../apps/api/src/http/health.module.js';
import { setupOpenApi } from '../../../apps/api/src/http/openapi.js';
import { MailModule } from '../../../apps/api/src/mail/mail.module.js';
import { createTestDatabase } from '../../support/postgres.js';

/** The options that tests sign in with, unless they say otherwise. */
export const AUTH: AuthOptions = {
  jwt: { secret: 's'.repeat(32), issuer: 'https://tollgate.test', audience: 'tollgate' },
  appUrl: 'http://localhost:3000',
  passwordCost: 'test',
};

/** A running application of the auth, mail and http rooms on a database of its own. */
export interface AuthApp {
  readonly app: NestFastifyApplication;
  readonly database: DataSource;
  /** Where the database is, for a second process on it. */
  readonly databaseUrl: string;
  /** Real time as the application sees it; stands still. */
  readonly realTime: ManualClock;
  close(): Promise<void>;
}

type AppOptions = Partial<AuthOptions> & { readonly controllers?: Type[]; readonly devMailbox?: boolean };

/** Composes the application as the program does, with controllers of the test's own if it brings some. */
export async function createAuthApp(options: AppOptions = {}): Promise<AuthApp> {
  const testDatabase = await createTestDatabase({ migrated: false });
  const database = await migrated(testDatabase.url);
  const realTime = new ManualClock(new Date());
  const dropDatabase = async (): Promise<void> => {
    if (database.isInitialized) await database.destroy();
    await testDatabase.drop();
  };
  try {
    const app = await compose(options, database, realTime);
    const close = async (): Promise<void> => {
      await app.close();
      await dropDatabase();
    };
    return { app, database, databaseUrl: testDatabase.url, realTime, close };
  } catch (error) {
    await dropDatabase();
    throw error;
  }
}

/** One more process of the same installation, on the same database. */
export async function startAuthNode({ databaseUrl }: AuthApp, options: AppOptions = {}): Promise<AuthApp> {
  const database = await migrated(databaseUrl);
  const realTime = new ManualClock(new Date());
  const app = await compose(options, database, realTime);
  const close = async (): Promise<void> => {
    await app.close();
    if (database.isInitialized) await database.destroy();
  };
  return { app, database, databaseUrl, realTime, close };
}

async function compose(
  { controllers = [], devMailbox = true, ...auth }: AppOptions,
  database: DataSource,
  realTime: RealTime,
): Promise<NestFastifyApplication> {
  const moduleRef = await Test.createTestingModule({
    imports: [
      {
        module: Database,
        global: true,
        providers: [{ provide: DataSource, useValue: database }],
        exports: [DataSource],
      },
      KernelModule.forRoot({ clock: 'test', runsWork: false }),
      MailModule.forRoot({ devMailbox }),
      AuthModule.forRoot({ ...AUTH, ...auth }),
      HealthModule,
      { module: TestRoutes, controllers },
    ],
  })
    .overrideProvider(RealTime)
    .useValue(realTime)
    .compile();
  const app = moduleRef.createNestApplication<NestFastifyApplication>(createFastifyAdapter(), {
    bodyParser: false,
    logger: false,
  });
  await configureHttp(app);
  setupOpenApi(app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

@Module({})
class TestRoutes {}

@Module({})
class Database {}

async function migrated(url: string): Promise<DataSource> {
  const database = new DataSource({
    type: 'postgres',
    url,
    migrations: [
      KernelFloor1764000000000,
      UsageCapacity1764000100000,
      EntitlementsCatalog1764000200000,
      SampleUsers1764000300000,
      ServiceKeys1764000310000,
      BillingOwnersAndSubscriptions1764000400000,
    ],
  });
  await database.initialize();
  await database.runMigrations();
  return database;
}
