/** Housekeeping that runs again and again. Must be safe to run twice, late, or after a crash in its middle. */
export interface ScheduledJob {
  /** Unique, e.g. `subscriptions.expire`. */
  readonly name: string;
  /** Due at every multiple of this many milliseconds since the epoch, by the Clock. */
  readonly everyMs: number;
  /** Does the work as of `at` and answers how many rows it changed. */
  run(at: Date): Promise<number>;
}

/** The first instant after `now` at which a job with this interval is due: half-open, so never `now` itself. */
export function nextDue(now: Date, everyMs: number): Date {
  return new Date((Math.floor(now.getTime() / everyMs) + 1) * everyMs);
}
