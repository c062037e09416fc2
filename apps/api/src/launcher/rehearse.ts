import { builtPrograms } from './launch.js';
import { projectRoot } from './project-root.js';
import { runRehearsal } from './rehearsal/run-rehearsal.js';

// `npm run rehearse`.
process.exit(await runRehearsal(builtPrograms(projectRoot()), process.argv.slice(2)));
