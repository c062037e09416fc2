import { followNpm } from './follow-npm.mjs';
import { inProject } from './project.mjs';
import { requireNode } from './require-node.mjs';

// `npm start`. Nothing but Node may be imported here before the packages are installed.
requireNode();
followNpm();

try {
  const { ensureInstalled } = await import('./install.mjs');
  await ensureInstalled();
  const { ensureBuilt } = await import('./build.mjs');
  await ensureBuilt('server');
  await ensureBuilt('admin');
} catch (error) {
  console.error(error.name === 'Error' && error.output !== undefined ? `✗ ${error.message}` : error);
  process.exit(1);
}

await import(inProject('dist/apps/api/src/launcher/main.js'));
