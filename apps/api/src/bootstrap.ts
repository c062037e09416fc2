import { join } from 'node:path';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from './config/config.js';
import { migrate } from './database/migrate.js';
import { serveAdmin } from './http/admin-pages.js';
import { configureHttp } from './http/configure-http.js';
import { createFastifyAdapter } from './http/fastify-adapter.js';
import { setupOpenApi } from './http/openapi.js';

/** Built dashboard, beside the built application. */
const ADMIN_PAGES = join(import.meta.dirname, '../../../admin');

/** Brings the database up to date and composes the application out of its root module, ready to listen. */
export async function createApplication(
  config: Config,
  root: DynamicModule,
): Promise<NestFastifyApplication> {
  await migrate(config.database.url);
  const app = await NestFactory.create<NestFastifyApplication>(root, createFastifyAdapter(), {
    bodyParser: false,
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  await configureHttp(app);
  setupOpenApi(app);
  await serveAdmin(app, ADMIN_PAGES);
  app.enableShutdownHooks();
  return app;
}

/** Listens by the adapter itself: Nest would log a stack trace of its own when the port is taken. */
export async function listen(app: NestFastifyApplication, { http }: Config): Promise<void> {
  await app.init();
  await app.getHttpAdapter().getInstance().listen({ port: http.port, host: http.host });
}
