import { AppModule } from '../app.module.js';
import { createApplication, listen } from '../bootstrap.js';
import type { Config } from '../config/config.js';
import { loadConfig } from '../config/load-config.js';
import { exitCodeOf, startFailure } from '../start-failure.js';
import { demoCatalog } from './demo/demo-catalog.js';
import { DemoModule } from './demo/demo.module.js';
import { prepareDemo } from './demo/prepare-demo.js';
import { plainScreen, screen } from './demo/screen.js';

/**
 * The application of `npm start`: API and worker in one process. On this machine's own database it is a demonstration,
 * with people, staff and keys; a database elsewhere may be somebody's real one and gets none of them.
 */
async function start(): Promise<void> {
  const config = loadConfig({ HOST: '127.0.0.1', ...process.env });
  const lines = process.env['TOLLGATE_DEMO'] === '1' ? await startDemo(config) : await startPlain(config);
  process.send?.({ type: 'ready', screen: lines });
}

async function startDemo(config: Config): Promise<string[]> {
  const role = { runsWork: true, devMailbox: true, catalog: demoCatalog };
  const app = await createApplication(config, DemoModule.forRoot(config, role));
  await listen(app, config);
  return screen(await prepareDemo(app, config, process.env['TOLLGATE_DATA_DIR'] ?? '.tollgate'));
}

async function startPlain(config: Config): Promise<string[]> {
  const app = await createApplication(config, AppModule.forRoot(config, { runsWork: true }));
  await listen(app, config);
  return plainScreen(config.http.appUrl);
}

start().catch((error: unknown) => {
  const message = startFailure(error);
  const end = (): never => process.exit(exitCodeOf(error));
  // The launcher says it in its own words; only without one is it ours to say.
  if (process.send) process.send({ type: 'failed', message }, end);
  else process.stderr.write(`${message}\n`, end);
});
