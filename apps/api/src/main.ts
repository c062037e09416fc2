import { AppModule } from './app.module.js';
import { createApplication, listen } from './bootstrap.js';
import { loadConfig } from './config/load-config.js';
import { exitCodeOf, startFailure } from './start-failure.js';

/** The API: serves requests and leaves deferred work to `worker.js`. */
async function start(): Promise<void> {
  const config = loadConfig(process.env);
  const app = await createApplication(config, AppModule.forRoot(config, { runsWork: false }));
  await listen(app, config);
}

start().catch((error: unknown) => {
  console.error(startFailure(error));
  process.exit(exitCodeOf(error));
});
