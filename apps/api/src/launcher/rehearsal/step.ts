import type { Facts } from './facts.js';
import type { Stage } from './stage.js';

/** One thing that happens in the story. */
export interface Step {
  /** Month, day and time (UTC) of the story's year: `01-04T09:00`. */
  readonly at: string;
  readonly say: string;
  /** Left out: nobody does anything, time passes. */
  readonly do?: (stage: Stage) => Promise<void>;
  /** What must stand afterwards. Everything else may be as it is. */
  readonly expect: Partial<Facts>;
}
