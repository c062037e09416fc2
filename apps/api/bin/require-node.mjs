import { readFileSync } from 'node:fs';
import { satisfies } from './node-version.mjs';
import { inProject } from './project.mjs';

/** Ends the process with one line when this Node is too old for the project (package.json, `engines`). */
export function requireNode() {
  const { engines } = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));
  if (satisfies(process.version, engines.node)) return;
  console.error(
    `✗ Tollgate needs Node ${engines.node}; this is ${process.version}. Install another one and start again.`,
  );
  process.exit(1);
}
