import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../apps/api/src/app.module.js';
import { createApplication } from '../../apps/api/src/bootstrap.js';
import type { TestApp } from './app.js';

/** How a further process differs from the first. */
export interface NodeOptions {
  readonly runsWork?: boolean;
  /** The provider that it sells through. */
  readonly selling?: 'polar' | 'stripe';
}

/** Starts one more process of the same installation, on the same database and sandbox; it serves no requests. */
export async function startNode(
  { config }: TestApp,
  { runsWork = true, selling }: NodeOptions = {},
): Promise<NestFastifyApplication> {
  const payments = { ...config.payments, ...(selling && { selling }) };
  const own = { ...config, payments };
  const app = await createApplication(own, AppModule.forRoot(own, { runsWork, passwordCost: 'test' }));
  await app.init();
  return app;
}

/** A process that answers requests. */
export interface ServingNode {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one more process of the same installation that serves requests and sells through another provider. */
export async function serveNode(test: TestApp, selling: 'polar' | 'stripe'): Promise<ServingNode> {
  const node = await startNode(test, { runsWork: false, selling });
  await node.listen(0, '127.0.0.1');
  return { url: (await node.getUrl()).replace('[::1]', '127.0.0.1'), close: () => node.close() };
}
