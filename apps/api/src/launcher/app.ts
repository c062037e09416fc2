import { createApplication, listen } from '../bootstrap.js';
import { loadConfig } from '../config/load-config.js';
import { exitCodeOf, startFailure } from '../start-failure.js';
import { demoCatalog } from './demo/demo-catalog.js';
import { DemoModule } from './demo/demo.module.js';
import { prepareDemo } from './demo/prepare-demo.js';
import { screen } from './demo/screen.js';

/** The application of `npm start`: API and worker in one process, with everything that makes it a demonstration. */
async function start(): Promise<void> {
  const config = loadConfig({ HOST: '127.0.0.1', ...process.env });
  const role = { runsWork: true, devMailbox: true, catalog: demoCatalog };
  const app = await createApplication(config, DemoModule.forRoot(config, role));
  await listen(app, config);
  const facts = await prepareDemo(app, config, process.env['TOLLGATE_DATA_DIR'] ?? '.tollgate');
  process.send?.({ type: 'ready', screen: screen(facts) });
}

start().catch((error: unknown) => {
  const message = startFailure(error);
  process.stderr.write(`${message}\n`);
  process.send?.({ type: 'failed', message }, () => process.exit(exitCodeOf(error)));
});
