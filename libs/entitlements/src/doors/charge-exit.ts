import { type ExecutionContext, Logger } from '@nestjs/common';
import type { AccessContext } from '../access/access-context.js';
import type { Counted, WantedUnits } from '../gates/consumption.service.js';
import type { MeterGate } from '../gates/meter-gate.service.js';
import { faultOf, hasFailed } from './charge.js';
import { isDeniedForGood } from './denied-job.js';
import type { Exit } from './gate.js';
import { isLastAttempt, type QueueJob } from './queue-job.js';

const logger = new Logger('Consumes');

/** What is held for a handler that runs. */
export interface HeldUnits {
  readonly counted: Counted;
  readonly wanted: readonly WantedUnits[];
  readonly context: AccessContext;
}

/**
 * What becomes of held units when the handler has ended: kept when it succeeded or the caller was at fault, given back
 * when we were. A job that will be tried again keeps holding them, for its next attempt.
 */
export function chargeExit(
  meters: MeterGate,
  held: HeldUnits,
  execution: ExecutionContext | null,
  job: QueueJob | null,
): Exit {
  const { grantId } = held.counted;
  if (grantId === null) throw new Error('units that were not counted cannot be kept');
  const keep = async (): Promise<void> => {
    const settled = await meters.commit(grantId);
    if (settled === 'expired' || settled === 'released') await countLate(meters, held);
  };
  return {
    succeeded: async () => {
      await (hasFailed(execution) ? meters.release(grantId) : keep());
    },
    failed: async (error) => {
      if (faultOf(error) === 'the caller’s') return keep();
      if (job && !isLastAttempt(job) && !isDeniedForGood(error)) return;
      await meters.release(grantId);
    },
  };
}

/** The handler took longer than its units were held: what it did is counted now, if there still is room. */
async function countLate(meters: MeterGate, { context, wanted }: HeldUnits): Promise<void> {
  const { decision } = await meters.count(context, wanted, { key: null, holdSeconds: null, tx: null });
  if (!decision.allowed)
    logger.warn(
      `${decision.feature}: the work of ${context.owner?.ownerId ?? 'nobody'} outlived its held units, and there is no room for them any more`,
    );
}
