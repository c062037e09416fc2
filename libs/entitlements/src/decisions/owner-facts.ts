import type { Assignment } from '../assignments/assignment.js';
import type { Override } from '../overrides/override.js';

/** Who pays, with what they hold. */
export interface OwnerFacts {
  readonly ownerId: string;
  readonly assignments: readonly Assignment[];
  readonly overrides: readonly Override[];
}
