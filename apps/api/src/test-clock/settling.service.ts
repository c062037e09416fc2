import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock, JobRuns, UnavailableError, WorkItems } from '@tollgate/kernel';

const SETTLED_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 20;

/** Knows when nothing that is due is left to do, in any process. */
@Injectable()
export class Settling {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: JobRuns,
    private readonly work: WorkItems,
  ) {}

  /**
   * Waits (real time) until no job and no work is due.
   *
   * @throws UnavailableError `not_settled` after 30 seconds, e.g. because no worker runs
   */
  async wait(): Promise<void> {
    for (let waited = 0; waited < SETTLED_WITHIN_MS; waited += LOOK_EVERY_MS) {
      if (await this.isSettled()) return;
      await pause(LOOK_EVERY_MS);
    }
    throw new UnavailableError(
      'not_settled',
      'Something that is due was not done within 30 seconds; does a worker run?',
    );
  }

  private async isSettled(): Promise<boolean> {
    const now = this.clock.now();
    if ((await this.jobs.due(now)).length > 0) return false;
    return (await this.work.countDue(now)) === 0;
  }
}
