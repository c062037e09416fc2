import { createServer, type AddressInfo } from 'node:net';
import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';
import type { CatalogForm } from '@tollgate/entitlements';
import { AppModule } from '../../apps/api/src/app.module.js';
import { createApplication } from '../../apps/api/src/bootstrap.js';
import type { Config } from '../../apps/api/src/config/config.js';
import { loadConfig } from '../../apps/api/src/config/load-config.js';
import { SANDBOX_CATALOG } from '../../apps/api/src/launcher/sandbox-catalog.js';
import { Caller } from './caller.js';
import { createTestDatabase } from './postgres.js';
import { startTestSandbox, type TestSandbox } from './sandbox.js';
import { SECRETS } from './secrets.js';

/** How a test wants its application. */
export interface TestAppOptions {
  readonly provider?: 'polar' | 'stripe' | 'none';
  readonly environment?: Readonly<Record<string, string>>;
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
  const config = loadConfig({
    ...environmentOf(options, port, url, testDatabase.url, sandbox.url),
    ...options.environment,
  });
  const role = {
    runsWork: options.runsWork ?? true,
    passwordCost: 'test',
    catalog: options.catalog,
  } as const;
  const root = AppModule.forRoot(config, role);
  const app = await createApplication(config, options.root?.(config, root) ?? root);
  await app.listen(port, '127.0.0.1');
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

function environmentOf(
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
    STRIPE_SECRET_KEY: SECRETS.stripeSecretKey,
    STRIPE_WEBHOOK_SECRET: SECRETS.stripeWebhookSecret,
    STRIPE_BASE_URL: sandboxUrl,
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

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
