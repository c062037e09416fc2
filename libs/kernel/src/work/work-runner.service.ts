import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Clock } from '../clock/clock.js';
import { MISSED, Notifications } from '../database/notifications.service.js';
import { IdGenerator } from '../ids/id-generator.js';
import { errorLine } from './error-line.js';
import { freePlaces } from './free-places.js';
import { nextAttempt } from './next-attempt.js';
import { WorkHandlers } from './work-handlers.service.js';
import { type ClaimedWork, WorkItems } from './work-items.repository.js';
import { WORK_WAITING } from './work-queue.service.js';

const POLL_MS = 1_000;

/**
 * Works off the rows of work, several at once: woken by notifications, by each place that becomes free, and by
 * polling for whatever a notification missed.
 */
@Injectable()
export class WorkRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkRunner.name);
  private timer: NodeJS.Timeout | undefined;
  private stopListening: () => void = () => undefined;
  private looking: Promise<void> | null = null;
  /** The items being worked on, with their kinds. */
  private readonly underWay = new Map<Promise<void>, string>();
  private wanted = false;
  private stopped = false;

  constructor(
    private readonly items: WorkItems,
    private readonly handlers: WorkHandlers,
    private readonly notifications: Notifications,
    private readonly clock: Clock,
    private readonly ids: IdGenerator,
  ) {}

  onApplicationBootstrap(): void {
    this.stopListening = this.notifications.listen((payload) => {
      if (payload === WORK_WAITING || payload === MISSED) this.wake();
    });
    this.timer = setInterval(() => this.wake(), POLL_MS);
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.stopListening();
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.underWay.keys());
  }

  /** Looks for due work now; several calls at once make one more round, not several. */
  wake(): void {
    if (this.stopped) return;
    this.wanted = true;
    this.looking ??= this.look().finally(() => {
      this.looking = null;
      if (this.wanted) this.wake();
    });
  }

  private async look(): Promise<void> {
    while (this.wanted && !this.stopped) {
      this.wanted = false;
      const { kinds, limit } = freePlaces(this.handlers.kinds(), [...this.underWay.values()]);
      // The first place to become free looks again.
      if (kinds.length === 0) return;
      try {
        const claimed = await this.items.claim(kinds, this.clock.now(), limit);
        if (claimed.length > 0) this.wanted = true;
        for (const item of claimed) this.begin(item);
      } catch (error) {
        this.logger.warn(`cannot look for work: ${errorLine(error)}`);
      }
    }
  }

  private begin(item: ClaimedWork): void {
    const run = this.work(item)
      .catch((error: unknown) =>
        this.logger.warn(`cannot put back ${item.kind} ${item.key}: ${errorLine(error)}`),
      )
      .finally(() => {
        this.underWay.delete(run);
        this.wake();
      });
    this.underWay.set(run, item.kind);
  }

  private async work(item: ClaimedWork): Promise<void> {
    try {
      await this.handlers.of(item.kind).handle(item);
      await this.items.finish(item);
    } catch (error) {
      const failures = item.attempts + 1;
      const wait = nextAttempt(failures, error, this.ids.random());
      this.logger.warn(`${item.kind} ${item.key} failed (attempt ${failures}): ${errorLine(error)}`);
      await this.items.fail(
        item,
        errorLine(error),
        wait === null ? null : new Date(this.clock.now().getTime() + wait),
      );
    }
  }
}
