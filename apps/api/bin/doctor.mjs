import { runBuilt } from './run-built.mjs';

// `npm run doctor`.
await runBuilt('doctor/main.js');
