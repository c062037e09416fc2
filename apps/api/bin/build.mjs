import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { underLock } from './file-lock.mjs';
import { filesBelow, fingerprint } from './fingerprint.mjs';
import { step } from './progress.mjs';
import { inProject } from './project.mjs';
import { CommandFailed, runCommand } from './run-command.mjs';

const COMMON = ['nest-cli.json', 'tsconfig.json', 'package-lock.json'];
const SERVER = ['kernel', 'usage', 'entitlements', 'billing'].map((lib) => `libs/${lib}/src`);

const BUILDS = {
  server: {
    what: 'building the server',
    sources: [...COMMON, ...SERVER, 'apps/api/src', 'apps/sandbox/src'],
    result: 'dist/apps/api/src',
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build', '--all'],
  },
  admin: {
    what: 'building the dashboard',
    sources: [...COMMON, 'apps/admin'],
    needs: 'apps/admin/index.html',
    result: 'dist/admin/index.html',
    command: ['node_modules/vite/bin/vite.js', 'build', 'apps/admin'],
  },
};

/** Builds `server` or `admin` when its result is missing or older than its sources; several processes may ask at once. */
export async function ensureBuilt(name) {
  const build = BUILDS[name];
  if (build.needs !== undefined && !existsSync(inProject(build.needs))) return;
  if (isFresh(name, build)) return;
  await underLock(inProject('.tollgate', `build-${name}.lock`), async () => {
    if (isFresh(name, build)) return;
    const print = fingerprint(build.sources);
    await step(build.what, () => compile(build));
    if (name === 'server') removeLeftovers();
    mkdirSync(dirname(stampOf(name)), { recursive: true });
    writeFileSync(stampOf(name), print);
  });
}

async function compile({ command, what }) {
  try {
    await runCommand(process.execPath, command);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    console.error(error.output);
    throw new CommandFailed(what, 'an error (see above)', '');
  }
}

/** A source that was deleted must not live on as its compiled file. */
function removeLeftovers() {
  for (const top of ['apps', 'libs']) {
    for (const file of filesBelow(inProject('dist', top))) {
      const source = file.replace(inProject('dist'), inProject()).replace(/(\.d)?\.[jt]s(\.map)?$/, '');
      if (/\.[jt]s(\.map)?$/.test(file) && !existsSync(`${source}.ts`)) rmSync(file);
    }
  }
}

function isFresh(name, { sources, result }) {
  const stamp = stampOf(name);
  return (
    existsSync(inProject(result)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(sources)
  );
}

const stampOf = (name) => inProject('dist', `.${name}-built-from`);
