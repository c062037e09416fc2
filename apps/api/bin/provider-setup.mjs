import { runBuilt } from './run-built.mjs';

// `npm run provider:setup`.
await runBuilt('provider-setup/main.js');
