import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  CLOCK_MOVED,
  InvalidRequestError,
  notify,
  TestClockFollower,
  TransactionRunner,
  writeTestClock,
} from '@tollgate/kernel';
import { catchUpSandboxClock, moveSandboxClock } from './sandbox-clock.js';
import { Settling } from './settling.service.js';
import { TEST_CLOCK_OPTIONS, type TestClockOptions } from './test-clock.options.js';

/** Moves the row that all processes follow, and the sandbox with it. */
@Injectable()
export class TestClockMover {
  constructor(
    private readonly clock: Clock,
    private readonly follower: TestClockFollower,
    private readonly transactions: TransactionRunner,
    private readonly settling: Settling,
    @Inject(TEST_CLOCK_OPTIONS) private readonly options: TestClockOptions,
  ) {}

  /**
   * Moves forward to `now`, standing still there if `freeze`; resolves when the sandbox has delivered what fell
   * due, due jobs have run, and nothing due is left to do.
   *
   * @throws InvalidRequestError `clock_backwards`
   * @throws UnavailableError `not_settled`, `sandbox_unavailable`
   */
  async move(now: Date, freeze: boolean): Promise<void> {
    if (now < this.clock.now())
      throw new InvalidRequestError('clock_backwards', 'Our time only moves forward');
    await this.transactions.run(async (tx) => {
      await writeTestClock(tx, now, freeze);
      await notify(tx, CLOCK_MOVED);
    });
    await this.follower.refresh();
    if (this.options.sandboxUrl !== null) {
      await moveSandboxClock(this.options.sandboxUrl, this.options.controlToken, { now, freeze });
    }
    await this.settling.wait();
  }

  /** After a restart: the sandbox takes over our time if it fell behind. */
  async bringSandboxAlong(): Promise<void> {
    const { sandboxUrl, controlToken } = this.options;
    if (sandboxUrl === null) return;
    await catchUpSandboxClock(sandboxUrl, controlToken, {
      now: this.clock.now(),
      freeze: this.follower.frozen,
    });
  }
}
