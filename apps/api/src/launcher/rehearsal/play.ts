import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { differences, type Facts } from './facts.js';
import type { Stage } from './stage.js';
import type { Step } from './step.js';

/** What came of a step. */
export interface Played {
  readonly at: Date;
  readonly say: string;
  readonly before: Facts | null;
  readonly after: Facts;
}

/** Something is not as the story says; the message is one line. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
}

/** Real time that a command and its webhook may take to arrive. */
const ARRIVES_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 25;

/**
 * Plays the steps one after the other in the given year, and hands each to `hear` when it came out as told. Ends before
 * the next step once `stop` is aborted.
 *
 * @throws RehearsalError at the first step that did not
 */
export async function play(
  steps: readonly Step[],
  stage: Stage,
  year: number,
  hear: (played: Played) => void,
  stop: AbortSignal,
): Promise<void> {
  let before: Facts | null = null;
  for (const step of steps) {
    if (stop.aborted) throw new RehearsalError('stopped');
    const at = new Date(`${year}-${step.at}:00Z`);
    const after: Facts = await naming(step, async () => {
      await stage.moveTo(at);
      await step.do?.(stage);
      return outcome(step, stage, at);
    });
    await stage.tell();
    hear({ at, say: step.say, before, after });
    before = after;
  }
}

async function outcome(step: Step, stage: Stage, at: Date): Promise<Facts> {
  const deadline = performance.now() + ARRIVES_WITHIN_MS;
  for (;;) {
    await stage.settle(at);
    const found = await stage.look();
    const wrong = differences(found, step.expect);
    if (wrong.length === 0) return found;
    if (performance.now() > deadline) throw new RehearsalError(await sayWrong(wrong, stage));
    await pause(LOOK_EVERY_MS);
  }
}

async function sayWrong(wrong: readonly string[], stage: Stage): Promise<string> {
  const command = await stage.commandState();
  return `${wrong.join('; ')}${command === null ? '' : ` (the latest command: ${command})`}`;
}

async function naming(step: Step, action: () => Promise<Facts>): Promise<Facts> {
  try {
    return await action();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RehearsalError(`${step.at.replace('T', ' ')} ${step.say}: ${why}`, { cause });
  }
}
