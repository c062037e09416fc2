import { builtPrograms } from './launch.js';
import { projectRoot } from './project-root.js';
import { runLauncher } from './run-launcher.js';

const root = projectRoot();
process.exit(await runLauncher(root, builtPrograms(root)));
