import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { MISSED, Notifications } from '../database/notifications.service.js';
import { errorLine } from '../work/error-line.js';
import { WORK_WAITING } from '../work/work-queue.service.js';
import { TestClock } from './test-clock.js';
import { readTestClock } from './test-clock.store.js';

/** The notification that the row of the test clock changed. */
export const CLOCK_MOVED = 'clock';

/** Keeps this process's test clock equal to the row, and wakes the runners when it moves. */
@Injectable()
export class TestClockFollower implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(TestClockFollower.name);
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly clock: TestClock,
    private readonly dataSource: DataSource,
    private readonly notifications: Notifications,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.refresh();
    this.stopListening = this.notifications.listen((payload) => {
      if (payload === CLOCK_MOVED || payload === MISSED) this.refreshLater();
    });
  }

  onApplicationShutdown(): void {
    this.stopListening();
  }

  /** Whether our time stands still. */
  get frozen(): boolean {
    return this.clock.frozen;
  }

  /** Reads the row now. */
  async refresh(): Promise<void> {
    this.clock.follow(await readTestClock(this.dataSource));
    this.notifications.tell(WORK_WAITING);
  }

  private refreshLater(): void {
    this.refresh().catch((error: unknown) =>
      this.logger.warn(`cannot read the test clock: ${errorLine(error)}`),
    );
  }
}
