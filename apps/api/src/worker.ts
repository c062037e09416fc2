import { AppModule } from './app.module.js';
import { createApplication } from './bootstrap.js';
import { loadConfig } from './config/load-config.js';
import { runProcess } from './run-process.js';

/** The worker: works off rows of work and scheduled jobs, and listens nowhere. */
await runProcess(async () => {
  const config = loadConfig(process.env);
  const app = await createApplication(config, AppModule.forRoot(config, { runsWork: true }));
  await app.init();
});
