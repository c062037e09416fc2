import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 15;

/** Waits (real time) until `look` answers something truthy, and answers that; throws after `withinMs`. */
export async function eventually<T>(look: () => Promise<T>, withinMs = 10_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen) return seen;
    if (Date.now() > deadline) throw new Error(`nothing came of it within ${withinMs} ms`);
    await pause(LOOK_EVERY_MS);
  }
}
