import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { appEnvironment } from './app-environment.js';
import { startApplication } from './application.js';
import type { Child } from './child.js';
import { type DataDirectory, databaseUrlFile, writePrivate } from './data-directory.js';
import type { Database } from './database.js';
import { openDatabase } from './database.js';
import { requireFreePort } from './ports.js';
import { note, step } from './progress.js';
import { SANDBOX_CATALOG } from './sandbox-catalog.js';
import { startSandbox } from './sandbox.js';
import { controlTokenFile, localSecrets, mintControlToken } from './secrets.js';
import type { Environment, LauncherSettings } from './settings.js';

/** The programs a launch starts (absolute paths of Node scripts). */
export interface Programs {
  readonly sandbox: string;
  readonly app: string;
}

/** What runs so far; filled while it starts, so that a stop in the middle finds everything. */
export interface Running {
  database?: Database;
  sandbox?: Child;
  app?: Child;
}

/** Starts everything in order and gives the lines of the final screen. */
export async function launch(
  programs: Programs,
  settings: LauncherSettings,
  env: Environment,
  data: DataDirectory,
  running: Running,
): Promise<readonly string[]> {
  await requireFreePort(settings.port);
  const secrets = localSecrets(data.path);
  const controlToken = mintControlToken(data.path);
  const database = await openDatabase(data.path, settings.databaseUrl);
  running.database = database;
  writePrivate(databaseUrlFile(data.path), `${database.url}\n`);
  const local = database.loopback || settings.allowRemoteSandbox;
  if (!local)
    note(
      'DATABASE_URL is another machine: no sandbox and no test clock (TOLLGATE_ALLOW_SANDBOX=1 brings them)',
    );
  const sandboxed = local ? settings.unconfigured : [];
  const plan = { port: settings.port, appPort: settings.port, dataDir: data.path, secrets, controlToken };
  const sandboxUrl =
    sandboxed.length === 0
      ? undefined
      : await step('starting the sandbox (Polar and Stripe)', () =>
          startSandbox(
            { ...plan, script: programs.sandbox, catalog: SANDBOX_CATALOG },
            (child) => (running.sandbox = child),
          ),
        );
  const appEnv = appEnvironment(env, {
    ...plan,
    databaseUrl: database.url,
    sandboxUrl,
    sandboxed,
    testClock: local,
    catalog: SANDBOX_CATALOG,
  });
  return step('starting the application', () =>
    startApplication(programs.app, appEnv, (child) => (running.app = child)),
  );
}

/** How long each gets to end by itself; together less than ten seconds. */
const PATIENCE_MS = { app: 5_000, sandbox: 1_500 };

/** Stops what runs, the last started first. `hurry` leaves no time for good manners, except to the database. */
export async function stopAll(running: Running, data: DataDirectory, hurry: boolean): Promise<void> {
  await running.app?.stop(hurry ? 0 : PATIENCE_MS.app);
  await running.sandbox?.stop(hurry ? 0 : PATIENCE_MS.sandbox);
  await running.database?.stop();
  rmSync(controlTokenFile(data.path), { force: true });
  rmSync(databaseUrlFile(data.path), { force: true });
  data.lock.release();
}

/** The built programs of this project. */
export function builtPrograms(root: string): Programs {
  return {
    sandbox: join(root, 'dist/apps/sandbox/src/main.js'),
    app: join(root, 'dist/apps/api/src/launcher/app.js'),
  };
}
