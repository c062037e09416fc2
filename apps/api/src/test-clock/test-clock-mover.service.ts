import { Inject, Injectable } from '@nestjs/common';
import { DuePlanChanges } from '@tollgate/billing';
import {
  Clock,
  CLOCK_MOVED,
  InvalidRequestError,
  notify,
  TestClockFollower,
  TransactionRunner,
  writeTestClock,
} from '@tollgate/kernel';
import { LONGEST_MOVE_MS } from './longest-move.js';
import { SandboxClock } from './sandbox-clock.js';
import { Settling } from './settling.service.js';
import { TEST_CLOCK_OPTIONS, type TestClockOptions } from './test-clock.options.js';

/** Longer than the period of the job that sends. */
const CLOSE_MS = 61_000;

/** Moves the row that all processes follow, and the sandbox with it. */
@Injectable()
export class TestClockMover {
  private readonly sandbox: SandboxClock | null;

  constructor(
    private readonly clock: Clock,
    private readonly follower: TestClockFollower,
    private readonly transactions: TransactionRunner,
    private readonly settling: Settling,
    private readonly changes: DuePlanChanges,
    @Inject(TEST_CLOCK_OPTIONS) { sandboxUrl, controlToken }: TestClockOptions,
  ) {
    this.sandbox = sandboxUrl === null ? null : new SandboxClock(sandboxUrl, controlToken);
  }

  /**
   * Moves forward to `now`, standing still there if `freeze`; resolves when the sandbox has delivered what fell
   * due, due jobs have run, and nothing due is left to do.
   *
   * Nothing has moved when it is refused before the first step.
   *
   * @throws InvalidRequestError `clock_backwards`, `clock_too_far` (more than 20 years at once), `sandbox_refused`
   * @throws UnavailableError `not_settled`, `sandbox_unavailable`
   */
  async move(now: Date, freeze: boolean): Promise<void> {
    await this.check(now);
    // The sandbox renews on its way: what it has to be told before a renewal is told in time.
    for (const time of await this.changes.sendTimes(this.clock.now(), now)) await this.stopAt(time);
    await this.step(now, freeze);
  }

  /** Jobs begin with our move, while the sandbox still follows: so it is brought close before anything is due. */
  private async stopAt(time: Date): Promise<void> {
    const close = new Date(time.getTime() - CLOSE_MS);
    if (close > this.clock.now()) await this.step(close, true);
    await this.step(time, true);
  }

  private async step(now: Date, freeze: boolean): Promise<void> {
    await this.transactions.run(async (tx) => {
      await writeTestClock(tx, now, freeze);
      await notify(tx, CLOCK_MOVED);
    });
    await this.follower.refresh();
    await this.sandbox?.move({ now, freeze });
    await this.settling.wait();
  }

  /** After a restart: the sandbox takes over our time if it fell behind; throws like {@link SandboxClock.move}. */
  async bringSandboxAlong(): Promise<void> {
    await this.sandbox?.catchUp({ now: this.clock.now(), freeze: this.follower.frozen });
  }

  /** Our row is written before the sandbox moves, so what the sandbox would refuse is refused here. */
  private async check(now: Date): Promise<void> {
    const from = this.clock.now();
    if (now < from) throw new InvalidRequestError('clock_backwards', 'Our time only moves forward');
    if (now.getTime() - from.getTime() > LONGEST_MOVE_MS)
      throw new InvalidRequestError('clock_too_far', 'Our time moves at most 20 years at once');
    if (this.sandbox && now < (await this.sandbox.now()))
      throw new InvalidRequestError(
        'clock_backwards',
        'The sandbox is ahead of this, and only moves forward',
      );
  }
}
