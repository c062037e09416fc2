import { performance } from 'node:perf_hooks';

/** Says what is being done, does it, and says how long it took. */
export async function step<T>(what: string, action: () => Promise<T>): Promise<T> {
  const from = performance.now();
  console.log(`· ${what} …`);
  const result = await action();
  console.log(`✓ ${what} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
  return result;
}

/** A remark inside a step. */
export function note(line: string): void {
  console.log(`  ${line}`);
}
