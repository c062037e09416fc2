import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../clock/clock.js';
import { Leases } from '../database/leases.service.js';
import { Notifications } from '../database/notifications.service.js';
import { errorLine } from './error-line.js';
import { JobRegistry } from './job-registry.service.js';
import { JobRuns } from './job-runs.repository.js';
import type { ScheduledJob } from './scheduled-job.js';
import { WORK_WAITING } from './work-queue.service.js';

const TICK_MS = 1_000;
const LEASE_MS = 5 * 60_000;

/**
 * Runs scheduled jobs: the Nest scheduler only ticks, the Clock decides what is due, a lease keeps each job on
 * one node at a time, and every run leaves a record. A run that was missed is caught up by the next tick.
 */
@Injectable()
export class JobRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(JobRunner.name);
  private stopListening: () => void = () => undefined;
  private ticking: Promise<void> | null = null;
  private wanted = false;
  private stopped = false;

  constructor(
    private readonly registry: JobRegistry,
    private readonly runs: JobRuns,
    private readonly leases: Leases,
    private readonly clock: Clock,
    private readonly notifications: Notifications,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.runs.declare(this.registry.all(), this.clock.now());
    this.stopListening = this.notifications.listen((payload) => {
      if (payload === WORK_WAITING) this.tick();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.stopListening();
    await this.ticking;
  }

  /** Starts what is due; asked during a round, it looks once more afterwards: our time may have moved since. */
  @Interval(TICK_MS)
  tick(): void {
    if (this.stopped) return;
    this.wanted = true;
    this.ticking ??= this.rounds().finally(() => {
      this.ticking = null;
      if (this.wanted) this.tick();
    });
  }

  private async rounds(): Promise<void> {
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      await this.round();
    }
  }

  private async round(): Promise<void> {
    try {
      const due = new Set(await this.runs.due(this.clock.now()));
      for (const job of this.registry.all()) {
        if (due.has(job.name) && !this.stopped) await this.runAlone(job);
      }
    } catch (error) {
      this.logger.warn(`cannot look for due jobs: ${errorLine(error)}`);
    }
  }

  private async runAlone(job: ScheduledJob): Promise<void> {
    const lease = await this.leases.acquire(`job:${job.name}`, LEASE_MS);
    if (!lease) return;
    try {
      const at = this.clock.now();
      // Another node may have run it between our look and our lease.
      if ((await this.runs.due(at)).includes(job.name)) await this.record(job, at);
    } finally {
      await this.leases.release(lease);
    }
  }

  private async record(job: ScheduledJob, at: Date): Promise<void> {
    const runId = await this.runs.start(job.name, at);
    try {
      const rows = await job.run(at);
      await this.runs.finish(runId, job, at, { rows, error: null });
    } catch (error) {
      this.logger.warn(`job ${job.name} failed: ${errorLine(error)}`);
      await this.runs.finish(runId, job, at, { rows: 0, error: errorLine(error) });
    }
  }
}
