import { existsSync, statSync } from 'node:fs';
import { underLock } from '../../apps/api/bin/file-lock.mjs';
import { ensureInstalled } from '../../apps/api/bin/install.mjs';
import { step } from '../../apps/api/bin/progress.mjs';
import { inProject } from '../../apps/api/bin/project.mjs';
import { runCommand } from '../../apps/api/bin/run-command.mjs';

/** Installs the project and the peers and builds the server, each only when it is missing or out of date. */
export async function prepare() {
  await ensureInstalled();
  await ensurePeersInstalled();
  const { ensureBuilt } = await import('../../apps/api/bin/build.mjs');
  await ensureBuilt('server');
}

async function ensurePeersInstalled() {
  if (arePeersInstalled()) return;
  await underLock(inProject('.tollgate', 'install-bench.lock'), async () => {
    if (arePeersInstalled()) return;
    await step('installing the peers to compare with (npm ci --prefix bench)', () =>
      npm('ci', '--prefix', inProject('bench'), '--no-audit', '--no-fund', '--loglevel=error'),
    );
  });
}

/** npm writes this file last, so an installation that was cut short does not count. */
function arePeersInstalled() {
  const done = inProject('bench', 'node_modules', '.package-lock.json');
  return existsSync(done) && statSync(done).mtimeMs >= statSync(inProject('bench/package-lock.json')).mtimeMs;
}

function npm(...args) {
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return runCommand(command, [...first, ...args]);
}
