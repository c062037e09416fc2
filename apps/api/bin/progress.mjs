import { performance } from 'node:perf_hooks';

/** Seconds since `from` (performance.now()), as people read them. */
export const secondsSince = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** Says what is being done, does it, and says how long it took. */
export async function step(what, action) {
  const from = performance.now();
  console.log(`· ${what} …`);
  const result = await action();
  console.log(`✓ ${what} (${secondsSince(from)})`);
  return result;
}
