import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { appEnvironment } from '../app-environment.js';
import { startApplication } from '../application.js';
import type { Child } from '../child.js';
import { freePort } from '../free-port.js';
import type { Programs } from '../launch.js';
import { SANDBOX_CATALOG } from '../sandbox-catalog.js';
import { startSandbox } from '../sandbox.js';
import { localSecrets, mintControlToken } from '../secrets.js';
import { STAND_INS } from '../stand-ins.js';
import { createScratchDatabase } from './scratch-database.js';
import type { StagePlace } from './stage.js';

/** What a rehearsal sells with: days of trial for whoever buys first. */
const TRIAL_DAYS = '14';
const PATIENCE_MS = 3_000;
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'NODE_OPTIONS'];

/**
 * Starts sandbox and application as processes of their own, on a new database, and stops both when `action` is done.
 * Keys and ids in the shell stay outside: no rehearsal ever reaches a real provider.
 */
export async function inTheatre(
  programs: Programs,
  serverUrl: string,
  provider: string,
  folder: string,
  action: (place: StagePlace) => Promise<void>,
): Promise<void> {
  const dataDir = join(folder, provider);
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const database = await createScratchDatabase(serverUrl);
  const children: Child[] = [];
  const onStart = (child: Child): void => void children.unshift(child);
  try {
    const port = await freePort();
    const plan = { dataDir, secrets: localSecrets(dataDir), controlToken: mintControlToken(dataDir) };
    const selling = { ...plan, catalog: SANDBOX_CATALOG };
    const sandboxUrl = await startSandbox({ ...selling, script: programs.sandbox, appPort: port }, onStart);
    const { TOLLGATE_DEMO: _demo, ...env } = appEnvironment(shell(provider), {
      ...selling,
      port,
      databaseUrl: database.url,
      sandboxUrl,
      sandboxed: STAND_INS.map(({ name }) => name),
      testClock: true,
    });
    await startApplication(programs.app, env, onStart, join(dataDir, 'application.log'));
    await action({ apiUrl: `http://127.0.0.1:${port}`, sandboxUrl, controlToken: plan.controlToken });
  } finally {
    for (const child of children) await child.stop(PATIENCE_MS);
    await database.drop();
  }
}

function shell(provider: string): Record<string, string | undefined> {
  const kept = Object.fromEntries(INHERITED.map((name) => [name, process.env[name]]));
  return { ...kept, TZ: 'UTC', PAYMENT_PROVIDER: provider, BILLING_TRIAL_DAYS: TRIAL_DAYS };
}
