import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { inProject, root } from '../../apps/api/bin/project.mjs';

/** Node, our commit, the peers a suite names (as installed) and, when one was started, Postgres. */
export async function versionsOf(packages, postgres) {
  return {
    tollgate: commit(),
    node: process.versions.node,
    v8: process.versions.v8,
    ...Object.fromEntries(packages.map((name) => [name, installed(name)])),
    ...(postgres && { postgres: await postgres.version() }),
  };
}

function installed(name) {
  return JSON.parse(readFileSync(inProject('bench', 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** The commit that was measured, with a plus sign when files differ from it; `unknown` outside git. */
function commit() {
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', 'apps', 'libs', 'bench/*.mjs');
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed === '' ? '' : '+'}`;
  } catch {
    return 'unknown';
  }
}

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).trim();
