import { followNpm } from './follow-npm.mjs';
import { requireNode } from './require-node.mjs';

/**
 * Installs what is missing and builds these parts where they are stale; ends the process when it cannot. Nothing but
 * Node may be imported here before the packages are installed.
 */
export async function prepare(...parts) {
  requireNode();
  followNpm();
  try {
    const { ensureInstalled } = await import('./install.mjs');
    await ensureInstalled();
    const { ensureBuilt } = await import('./build.mjs');
    for (const part of parts) await ensureBuilt(part);
  } catch (error) {
    console.error(error.name === 'Error' && error.output !== undefined ? `✗ ${error.message}` : error);
    process.exit(1);
  }
}
