/** One who waits for an answer: answered once, whichever answer comes first. */
export interface Waiting<Ask, Answer> {
  readonly ask: Ask;
  /** Whether it was answered, for example because its time ran out: then there is no one to work for. */
  readonly isAnswered: boolean;
  answer(answer: Answer): void;
  refuse(error: unknown): void;
}

/** How a {@link Batcher} works. */
export interface BatcherOptions<Ask, Answer> {
  /** Answers all of a batch, in order of arrival. Whoever it leaves unanswered may be answered later, or runs out of time. */
  readonly run: (batch: readonly Waiting<Ask, Answer>[], lane: number) => Promise<void>;
  /** Most batches under way at once; `run` is told which of these lanes a batch takes, from 0. */
  readonly lanes: number;
  /** What an ask is about: asks about the same are never under way in two lanes, so they keep their order; null is about nothing. */
  readonly subjectOf: (ask: Ask) => string | null;
  /** Fewer asks are not spread over free lanes. */
  readonly leastAtOnce: number;
  /** Most asks in one batch. */
  readonly mostAtOnce: number;
  /** Most asks without an answer; more are refused at once. */
  readonly mostWaiting: number;
  /** Real time after which an ask is refused, whatever happens to its batch. */
  readonly answerWithinMs: number;
  /** What those hear who are too many or waited too long. */
  readonly refusal: () => Error;
}

const LOOK_EVERY_MS = 50;

/**
 * Answers many at once: asks are collected while the last batch is under way, and travel together in the next one. A
 * batch of other subjects need not wait for it: it takes another lane. A lone ask waits for nobody.
 */
export class Batcher<Ask, Answer> {
  private queue: Waiter<Ask, Answer>[] = [];
  private readonly open = new Set<Waiter<Ask, Answer>>();
  private readonly underWay = new Set<string>();
  private readonly running: (Promise<void> | null)[];
  /** What each lane has under way. */
  private readonly flights: (Flight | null)[];
  /** Lanes that are about to take what waits. */
  private gathering = 0;
  private looking: NodeJS.Timeout | undefined;

  constructor(private readonly options: BatcherOptions<Ask, Answer>) {
    this.running = Array.from({ length: options.lanes }, () => null);
    this.flights = Array.from({ length: options.lanes }, () => null);
  }

  /** Waits for its answer; rejects with what `run` refused it with, or with the refusal of the options. */
  ask(ask: Ask): Promise<Answer> {
    if (this.open.size >= this.options.mostWaiting) return Promise.reject(this.options.refusal());
    return new Promise((resolve, reject) => {
      const waiter = new Waiter<Ask, Answer>(ask, this.options.subjectOf(ask), resolve, reject, this.open);
      this.open.add(waiter);
      this.queue.push(waiter);
      // Whoever gathers or is about to, or has the subject under way, takes it along afterwards.
      if (this.gathering === 0 && !this.isAboutToGather() && !this.isUnderWay(waiter)) this.wake();
      this.looking ??= this.look();
    });
  }

  /** Resolves once no batch is under way and none waits. */
  async idle(): Promise<void> {
    for (const rounds of this.running) await rounds;
    if (this.running.some((rounds) => rounds !== null)) await this.idle();
  }

  private wake(): void {
    const lane = this.running.indexOf(null);
    if (lane >= 0) this.running[lane] = this.rounds(lane);
  }

  private async rounds(lane: number): Promise<void> {
    while (true) {
      this.gathering += 1;
      // Whoever asks in the same turn of the event loop travels along: also those who were just answered and ask again.
      await new Promise((resolve) => setImmediate(resolve));
      this.gathering -= 1;
      const batch = this.take();
      if (batch.length === 0) break;
      const subjects = batch.flatMap(({ subject }) => subject ?? []);
      for (const subject of subjects) this.underWay.add(subject);
      if (this.queue.some((waiter) => !this.isUnderWay(waiter))) this.wake();
      this.flights[lane] = flightOf(batch);
      await this.runSafely(batch, lane);
      this.flights[lane] = null;
      for (const subject of subjects) this.underWay.delete(subject);
    }
    this.running[lane] = null;
  }

  /** Those who wait and may go now, a fair share of them while other lanes are free; the others keep their places. */
  private take(): Waiter<Ask, Answer>[] {
    const { mostAtOnce, leastAtOnce } = this.options;
    const free = this.running.filter((rounds) => rounds === null).length;
    const share = Math.max(leastAtOnce, Math.ceil(this.queue.length / (free + 1)));
    const batch: Waiter<Ask, Answer>[] = [];
    const rest: Waiter<Ask, Answer>[] = [];
    const taken = new Set<string | null>();
    for (const waiter of this.queue) {
      if (waiter.isAnswered) continue;
      const travelsAlong = batch.length < share || (waiter.subject !== null && taken.has(waiter.subject));
      if (travelsAlong && batch.length < mostAtOnce && !this.isUnderWay(waiter)) {
        batch.push(waiter);
        taken.add(waiter.subject);
      } else rest.push(waiter);
    }
    this.queue = rest;
    return batch;
  }

  /** Whether a lane has answered all it had: a caller who asks again at once keeps to it, and to its warm connection. */
  private isAboutToGather(): boolean {
    return this.flights.some((flight) => flight?.unanswered === 0);
  }

  private isUnderWay({ subject }: Waiter<Ask, Answer>): boolean {
    return subject !== null && this.underWay.has(subject);
  }

  private async runSafely(batch: readonly Waiter<Ask, Answer>[], lane: number): Promise<void> {
    try {
      await this.options.run(batch, lane);
    } catch (error) {
      for (const waiter of batch) waiter.refuse(error);
    }
  }

  /** Refuses those whose time is over: one timer for all, they stand in order of arrival. */
  private look(): NodeJS.Timeout {
    return setTimeout(() => {
      const latest = performance.now() - this.options.answerWithinMs;
      for (const waiter of this.open) {
        if (waiter.since > latest) break;
        waiter.refuse(this.options.refusal());
      }
      this.looking = this.open.size > 0 ? this.look() : undefined;
    }, LOOK_EVERY_MS);
  }
}

/** A batch under way: how many of it `run` has not answered yet. */
interface Flight {
  unanswered: number;
}

function flightOf<Ask, Answer>(batch: readonly Waiter<Ask, Answer>[]): Flight {
  const flight: Flight = { unanswered: batch.length };
  for (const waiter of batch) waiter.flight = flight;
  return flight;
}

class Waiter<Ask, Answer> implements Waiting<Ask, Answer> {
  readonly since = performance.now();
  isAnswered = false;
  flight: Flight | null = null;

  constructor(
    readonly ask: Ask,
    readonly subject: string | null,
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (error: unknown) => void,
    private readonly open: Set<Waiter<Ask, Answer>>,
  ) {}

  answer(answer: Answer): void {
    if (this.isAnswered) return;
    this.end();
    // One whose time ran out does not count: its batch may be under way for long.
    if (this.flight) this.flight.unanswered -= 1;
    this.resolve(answer);
  }

  refuse(error: unknown): void {
    if (this.isAnswered) return;
    this.end();
    this.reject(error);
  }

  private end(): void {
    this.isAnswered = true;
    this.open.delete(this);
  }
}
