import { followNpm } from '../apps/api/bin/follow-npm.mjs';
import { ensureInstalled } from '../apps/api/bin/install.mjs';
import { requireNode } from '../apps/api/bin/require-node.mjs';

// `npm test` and `npm run test:all` (--all: the long suites too). Installs by itself, then runs every part.
requireNode();
followNpm();
try {
  await ensureInstalled();
} catch (error) {
  console.error(`✗ ${error.message}`);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
const { runParts } = await import('./run/run-parts.mjs');
process.exit(await runParts({ all: process.argv.includes('--all'), ci: process.env.CI === 'true' }));
