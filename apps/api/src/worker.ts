import { AppModule } from './app.module.js';
import { createApplication } from './bootstrap.js';
import { loadConfig } from './config/load-config.js';
import { exitCodeOf, startFailure } from './start-failure.js';

/** The worker: works off rows of work and scheduled jobs, and listens nowhere. */
async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await createApplication(config, AppModule.forRoot(config, { runsWork: true }));
  await app.init();
}

start().catch((error: unknown) => {
  console.error(startFailure(error));
  process.exit(exitCodeOf(error));
});
