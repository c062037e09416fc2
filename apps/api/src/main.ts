import { AppModule } from './app.module.js';
import { createApplication } from './bootstrap.js';
import { loadConfig } from './config/load-config.js';
import { runProcess } from './run-process.js';

/** The API: serves requests and leaves deferred work to `worker.js`. */
await runProcess(async () => {
  const config = loadConfig(process.env);
  const app = await createApplication(config, AppModule.forRoot(config, { runsWork: false }));
  await app.listen(config.http.port, config.http.host);
});
