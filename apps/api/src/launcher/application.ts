import { z } from 'zod';
import type { Child } from './child.js';
import { startChild } from './child.js';
import { firstAnswer } from './first-answer.js';
import { LauncherError } from './launcher.errors.js';

const verdict = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), screen: z.array(z.string()) }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);

/** Migrations of a large step and a cold disk are slow; a hang is slower. */
const START_WITHIN_MS = 180_000;

/**
 * Starts the application (API and worker in one process) and waits for the lines of its screen. What it logs goes to
 * `logFile`, or to the terminal.
 */
export async function startApplication(
  script: string,
  env: Readonly<Record<string, string>>,
  onStart: (child: Child) => void,
  logFile?: string,
): Promise<readonly string[]> {
  const child = startChild('the application', script, env, logFile);
  onStart(child);
  const answer = await firstAnswer(child, verdict, START_WITHIN_MS);
  if (answer.kind === 'ended') throw new LauncherError(`The application did not start: ${answer.reason}.`);
  if (answer.message.type === 'failed') throw new LauncherError(answer.message.message);
  return answer.message.screen;
}
