import type { ExecutionContext } from '@nestjs/common';
import type { AccessContext } from '../access/access-context.js';
import type { CapacityClaim } from '../gates/capacity-claim.js';
import type { DoorServices } from './door-services.service.js';
import type { GivenDecisions } from './given-decisions.js';
import type { QueueJob } from './queue-job.js';

/** One passage of a guarded method, from the first gate to the end of the handler. */
export interface Entry {
  readonly context: AccessContext;
  /** The handler's own arguments, after pipes. */
  readonly args: readonly unknown[];
  /** The request behind it; null for jobs, cron handlers and plain calls. */
  readonly execution: ExecutionContext | null;
  /** The queue job behind it; null for everything else. */
  readonly job: QueueJob | null;
  /** What the gates leave for the handler. */
  readonly left: Left;
}

/** What gates leave for the handler; a claim at most once. */
export interface Left {
  claim: CapacityClaim | null;
  readonly decisions: GivenDecisions;
}

/** What is to be done when the handler has ended; each is called at most once. */
export interface Exit {
  /** The handler resolved; what is thrown here is answered instead of its result. */
  succeeded(): Promise<void>;
  /** The handler threw. */
  failed(error: unknown): Promise<void>;
}

/**
 * What a decorator asks. Requests are checked in Nest's guards, before the pipes; jobs, cron handlers and plain calls
 * have no guards, so `check` is asked right before the handler. `enter` is asked there for all of them.
 */
export interface Gate {
  /** Features that it asks about, for messages. */
  readonly features: readonly string[];
  /** For methods without a request: throws the denial, or leaves what the guard would have left. */
  check(services: DoorServices, entry: Entry): Promise<void>;
  /** Whether `enter` comes after those of all other gates: what costs something is asked when nothing else can refuse. */
  readonly entersLast?: boolean;
  /** Immediately before the handler, with its arguments; null when nothing is to be done at its end. */
  readonly enter?: (services: DoorServices, entry: Entry) => Promise<Exit | null>;
}
