import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Child } from './child.js';
import { startChild } from './child.js';
import { writePrivate } from './data-directory.js';
import { firstAnswer } from './first-answer.js';
import { LauncherError } from './launcher.errors.js';
import { sandboxPort } from './ports.js';
import type { SandboxOffer } from './sandbox-catalog.js';
import type { LocalSecrets } from './secrets.js';

export interface SandboxPlan {
  readonly script: string;
  readonly dataDir: string;
  readonly appPort: number;
  readonly secrets: LocalSecrets;
  readonly controlToken: string;
  readonly catalog: readonly SandboxOffer[];
}

const listening = z.object({ type: z.literal('listening'), url: z.url() });
const START_WITHIN_MS = 60_000;

/** Starts the stand-in of Polar and Stripe, and waits until it listens. `onStart` hears of it before that. */
export async function startSandbox(plan: SandboxPlan, onStart: (child: Child) => void): Promise<string> {
  const logFile = join(plan.dataDir, 'sandbox.log');
  const catalogFile = join(plan.dataDir, 'sandbox-catalog.json');
  writePrivate(catalogFile, `${JSON.stringify(plan.catalog, null, 2)}\n`);
  const webhookUrl = `http://127.0.0.1:${plan.appPort}/webhooks/payment`;
  const child = startChild(
    'the sandbox',
    plan.script,
    {
      ...systemEnvironment(),
      SANDBOX_PORT: String(await sandboxPort(plan.appPort)),
      SANDBOX_CONTROL_TOKEN: plan.controlToken,
      SANDBOX_POLAR_ACCESS_TOKEN: plan.secrets.polarAccessToken,
      SANDBOX_POLAR_WEBHOOK_SECRET: plan.secrets.polarWebhookSecret,
      SANDBOX_STRIPE_SECRET_KEY: plan.secrets.stripeSecretKey,
      SANDBOX_STRIPE_WEBHOOK_SECRET: plan.secrets.stripeWebhookSecret,
      SANDBOX_WEBHOOK_URL_POLAR: webhookUrl,
      SANDBOX_WEBHOOK_URL_STRIPE: webhookUrl,
      SANDBOX_STATE_FILE: join(plan.dataDir, 'sandbox-state.json'),
      SANDBOX_CATALOG_FILE: catalogFile,
    },
    logFile,
  );
  onStart(child);
  const answer = await firstAnswer(child, listening, START_WITHIN_MS);
  if (answer.kind === 'message') return answer.message.url.replace(/\/$/, '');
  const lastWords = readFileSync(logFile, 'utf8')
    .trim()
    .split('\n')
    .findLast((line) => line.trim() !== '');
  throw new LauncherError(`The sandbox did not start: ${lastWords ?? answer.reason} (whole log: ${logFile})`);
}

/** The sandbox knows nothing of ours, so it is told nothing but where programs and temporary files are. */
function systemEnvironment(): Record<string, string> {
  const { PATH, HOME, TMPDIR, NODE_OPTIONS } = process.env;
  return Object.fromEntries(
    Object.entries({ PATH, HOME, TMPDIR, NODE_OPTIONS, TZ: 'UTC' }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  );
}
