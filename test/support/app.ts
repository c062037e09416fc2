import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { CatalogForm } from '@tollgate/entitlements';
import { isDatabaseUnavailable } from '@tollgate/kernel';
import { AppModule } from '../../apps/api/src/app.module.js';
import { createApplication } from '../../apps/api/src/bootstrap.js';
import type { Config } from '../../apps/api/src/config/config.js';
import { loadConfig } from '../../apps/api/src/config/load-config.js';
import { freePort } from '../../apps/api/src/launcher/free-port.js';
import { SANDBOX_CATALOG } from '../../apps/api/src/launcher/sandbox-catalog.js';
import type { ProviderKind } from '../../apps/api/src/payment-providers/provider-kind.js';
import { Caller } from './caller.js';
import { createTestDatabase } from './postgres.js';
import { startTestSandbox, type TestSandbox } from './sandbox.js';
import { SECRETS } from './secrets.js';

const STARTS = 3;

/** How a test wants its application. */
export interface TestAppOptions {
  readonly provider?: 'polar' | 'stripe' | 'none';
  readonly environment?: Readonly<Record<string, string>>;
  /** The payment providers that may be configured; default those of the application. */
  readonly kinds?: readonly ProviderKind[];
  readonly catalog?: CatalogForm;
  /** False: serves requests only, so that deferred work stays where it is. */
  readonly runsWork?: boolean;
  /** Composes the root module; default the application itself. */
  readonly root?: (config: Config, app: DynamicModule) => DynamicModule;
}

/** The whole application on a database of its own, with the sandbox beside it. */
export interface TestApp {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly config: Config;
  readonly database: DataSource;
  readonly sandbox: TestSandbox;
  /** A caller without credentials. */
  readonly anonymous: Caller;
  /** Moves our time and the sandbox's to the instant, standing still there. */
  moveClock(now: Date): Promise<void>;
  close(): Promise<void>;
}

/** Starts sandbox and application; both listen on free ports of this machine. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const testDatabase = await createTestDatabase();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const sandbox = await startTestSandbox(url);
  const environment = environmentOf(options, port, url, testDatabase.url, sandbox.url);
  const config = loadConfig({ ...environment, ...options.environment }, options.kinds);
  const role = {
    runsWork: options.runsWork ?? true,
    passwordCost: 'test',
    catalog: options.catalog,
  } as const;
  const root = AppModule.forRoot(config, role);
  const app = await listening(config, options.root?.(config, root) ?? root, port);
  const anonymous = new Caller(url);
  return {
    app,
    url,
    config,
    database: app.get(DataSource),
    sandbox,
    anonymous,
    moveClock: async (now) => {
      const control = anonymous.with({ authorization: `Bearer ${SECRETS.controlToken}` });
      await control
        .put('/test/clock', { now: now.toISOString(), freeze: true })
        .then((answer) => answer.expect(200));
    },
    close: async () => {
      await app.close();
      await sandbox.close();
      await testDatabase.drop();
    },
  };
}

/** A start that the database of a busy machine did not answer in time is tried again, as an orchestrator would. */
async function listening(config: Config, root: DynamicModule, port: number): Promise<NestFastifyApplication> {
  for (let tries = 1; ; tries += 1) {
    try {
      const app = await createApplication(config, root);
      await app.listen(port, '127.0.0.1');
      return app;
    } catch (error) {
      if (tries === STARTS || !isDatabaseUnavailable(error)) throw error;
    }
  }
}

/** The environment of an application on this database and sandbox. */
export function environmentOf(
  { provider = 'polar' }: TestAppOptions,
  port: number,
  appUrl: string,
  databaseUrl: string,
  sandboxUrl: string,
): Record<string, string> {
  const ids = SANDBOX_CATALOG.flatMap((offer) => [
    [`POLAR_PRODUCT_ID_${offer.key.toUpperCase()}`, offer.polarProductId],
    [`STRIPE_PRICE_ID_${offer.key.toUpperCase()}`, offer.stripePriceId],
  ]);
  const providers = {
    POLAR_ACCESS_TOKEN: SECRETS.polarAccessToken,
    POLAR_WEBHOOK_SECRET: SECRETS.polarWebhookSecret,
    POLAR_BASE_URL: `${sandboxUrl}/polar`,
    POLAR_CALLS_PER_MINUTE: '60000',
    STRIPE_SECRET_KEY: SECRETS.stripeSecretKey,
    STRIPE_WEBHOOK_SECRET: SECRETS.stripeWebhookSecret,
    STRIPE_BASE_URL: sandboxUrl,
    STRIPE_CALLS_PER_MINUTE: '60000',
    ...(Object.fromEntries(ids) as Record<string, string>),
  };
  return {
    PORT: String(port),
    APP_URL: appUrl,
    DATABASE_URL: databaseUrl,
    PAYMENT_PROVIDER: provider,
    TOLLGATE_JWT_SECRET: 'a secret of the tests, long enough',
    TOLLGATE_TEST_CLOCK: '1',
    TOLLGATE_CONTROL_TOKEN: SECRETS.controlToken,
    TOLLGATE_SANDBOX_URL: sandboxUrl,
    ...(provider === 'none' ? {} : providers),
  };
}
