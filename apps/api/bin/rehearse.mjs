import { runBuilt } from './run-built.mjs';

// `npm run rehearse`.
await runBuilt('launcher/rehearse.js');
