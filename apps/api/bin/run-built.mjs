import { existsSync } from 'node:fs';
import { prepare } from './prepare.mjs';
import { inProject } from './project.mjs';

/** Runs one of the server's commands: installs and builds what is missing or stale, and reads `.env` as `npm start` does. */
export async function runBuilt(script) {
  await prepare('server');
  if (existsSync(inProject('.env'))) process.loadEnvFile(inProject('.env'));
  await import(inProject('dist/apps/api/src', script));
}
