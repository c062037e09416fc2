import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from '../../apps/api/src/app.module.js';
import { createApplication } from '../../apps/api/src/bootstrap.js';
import type { TestApp } from './app.js';

/** Starts one more process of the same installation, on the same database and sandbox; it serves no requests. */
export async function startNode(
  test: TestApp,
  role: { runsWork: boolean } = { runsWork: true },
): Promise<NestFastifyApplication> {
  const app = await createApplication(
    test.config,
    AppModule.forRoot(test.config, { ...role, passwordCost: 'test' }),
  );
  await app.init();
  return app;
}
