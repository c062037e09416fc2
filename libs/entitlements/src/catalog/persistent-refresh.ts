/** First wait after a failure, in real milliseconds; doubles with each further one. */
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** How a refresh is kept going. */
export interface RefreshPlan {
  /** Brings memory up to date; rejects when it could not. */
  readonly refresh: () => Promise<void>;
  /** Told of every failure. */
  readonly failed: (error: unknown) => void;
  /** Real milliseconds between two looks that nobody asked for. */
  readonly everyMs: number;
}

/**
 * Keeps something in memory up to date: one refresh at a time, one more when somebody asked meanwhile, again with
 * growing waits until it succeeds, and now and then without being asked. Holds no process open.
 */
export class PersistentRefresh {
  private running = false;
  private askedAgain = false;
  private failures = 0;
  private stopped = false;
  private retry: NodeJS.Timeout | undefined;
  private readonly backstop: NodeJS.Timeout;

  constructor(private readonly plan: RefreshPlan) {
    this.backstop = setInterval(() => this.ask(), plan.everyMs);
    this.backstop.unref();
  }

  /** Has memory brought up to date, soon. */
  ask(): void {
    if (this.stopped) return;
    if (this.running) this.askedAgain = true;
    else void this.run();
  }

  /** Ends all of it; a refresh under way may still finish. */
  stop(): void {
    this.stopped = true;
    clearInterval(this.backstop);
    clearTimeout(this.retry);
  }

  private async run(): Promise<void> {
    clearTimeout(this.retry);
    this.running = true;
    this.askedAgain = false;
    try {
      await this.plan.refresh();
      this.failures = 0;
    } catch (error) {
      this.plan.failed(error);
      this.retryLater();
    }
    this.running = false;
    if (this.askedAgain) this.ask();
  }

  private retryLater(): void {
    if (this.stopped) return;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** this.failures++, LONGEST_WAIT_MS);
    this.retry = setTimeout(() => this.ask(), wait);
    this.retry.unref();
  }
}
