import { existsSync, statSync } from 'node:fs';
import { underLock } from './file-lock.mjs';
import { step } from './progress.mjs';
import { inProject } from './project.mjs';
import { CommandFailed, runCommand } from './run-command.mjs';

/** Development packages too, whatever NODE_ENV says: the build needs them. */
const FLAGS = ['--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];

/** How often a long installation says that it is still at it. */
const STILL_MS = 15_000;

/** Installs the packages when `node_modules` is missing or older than the lockfile. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await underLock(inProject('.tollgate', 'install.lock'), async () => {
    if (!isInstalled()) await install();
  });
}

/** npm writes this file last, so an installation that was cut short does not count. */
function isInstalled() {
  const done = inProject('node_modules', '.package-lock.json');
  const lock = inProject('package-lock.json');
  return existsSync(done) && (!existsSync(lock) || statSync(done).mtimeMs >= statSync(lock).mtimeMs);
}

async function install() {
  try {
    await step('installing the packages (npm ci; about a minute the first time)', () => npm('ci'));
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    if (!isAboutTheLockfile(error.output)) throw explained(error);
    console.log('  the lockfile does not fit package.json: npm install will mend it');
    await step('installing the packages (npm install)', () => npm('install')).catch((again) => {
      throw again instanceof CommandFailed ? explained(again) : again;
    });
  }
}

function isAboutTheLockfile(output) {
  return /EUSAGE|in sync|from lock file|package-lock\.json/i.test(output);
}

function explained(error) {
  console.error(error.output);
  return new CommandFailed(
    'installing the packages',
    'an error (see above): is the npm registry within reach?',
    '',
  );
}

async function npm(verb) {
  const still = setInterval(() => console.log('  still installing …'), STILL_MS);
  try {
    const script = process.env.npm_execpath;
    const [command, args] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
    await runCommand(command, [...args, verb, ...FLAGS]);
  } finally {
    clearInterval(still);
  }
}
