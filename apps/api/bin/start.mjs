import { prepare } from './prepare.mjs';
import { inProject } from './project.mjs';

// `npm start`. Nothing but Node may be imported here before the packages are installed.
await prepare('server', 'admin');
await import(inProject('dist/apps/api/src/launcher/main.js'));
