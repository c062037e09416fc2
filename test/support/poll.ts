import { setTimeout as pause } from 'node:timers/promises';
import { startStopwatch } from './stopwatch.js';

const LOOK_EVERY_MS = 15;

/**
 * Waits until `look` answers something truthy, and answers that; throws after `withinMs` of real time in which this
 * process was given the processor.
 */
export async function eventually<T>(look: () => Promise<T>, withinMs = 30_000): Promise<NonNullable<T>> {
  // Not by `Date`, which a test may have stopped.
  const watch = startStopwatch();
  try {
    for (;;) {
      const seen = await look();
      if (seen) return seen;
      if (watch.elapsed() > withinMs) throw new Error(`nothing came of it within ${withinMs} ms`);
      await pause(LOOK_EVERY_MS);
    }
  } finally {
    watch.stop();
  }
}
