import { join } from 'node:path';
import { inProject } from '../../../../apps/api/bin/project.mjs';

// The real launcher, with stand-ins for what it starts.
const { runLauncher } = await import(inProject('dist/apps/api/src/launcher/run-launcher.js'));
const here = import.meta.dirname;
process.exit(await runLauncher(here, { sandbox: join(here, 'sandbox.mjs'), app: join(here, 'app.mjs') }));
