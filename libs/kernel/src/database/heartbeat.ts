import type pg from 'pg';
import { realNow } from '../clock/real-time.js';
import type { Freshness } from './freshness.service.js';

/** How often the listening connection is asked for a sign of life (real milliseconds). */
const EVERY_MS = 400;
/** How long somebody who waits for a confirmation waits at most. */
const CONFIRM_WITHIN_MS = 1_000;
/** A connection that has not answered for so long is given up. */
const GIVE_UP_AFTER_MS = 3_000;

/** The sign of life of one listening connection: asked for regularly, and whenever somebody needs to know. */
export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private beat: { readonly sentAt: number; readonly answer: Promise<boolean> } | null = null;

  constructor(
    private readonly client: pg.Client,
    private readonly freshness: Freshness,
  ) {
    this.timer = setInterval(() => this.tick(), EVERY_MS);
    this.timer.unref();
    freshness.connect(() => this.confirm());
  }

  stop(): void {
    clearInterval(this.timer);
    this.freshness.connect(() => Promise.resolve(false));
  }

  private tick(): void {
    // Ending with a statement under way cuts the socket at once; the owner of the connection hears its end.
    if (this.beat && realNow() - this.beat.sentAt > GIVE_UP_AFTER_MS) this.client.end(() => undefined);
    else void this.send();
  }

  /** Joins the beat under way, if any: whoever asks wants to know about now, so an old one does not do. */
  private async confirm(): Promise<boolean> {
    const asked = realNow();
    if (this.beat && asked - this.beat.sentAt > CONFIRM_WITHIN_MS) return false;
    const answer = this.send().then((heard) =>
      heard && !this.freshness.isFreshAt(asked) ? this.send() : heard,
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), CONFIRM_WITHIN_MS);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  private send(): Promise<boolean> {
    this.beat ??= this.begin(realNow());
    return this.beat.answer;
  }

  private begin(sentAt: number): { sentAt: number; answer: Promise<boolean> } {
    const answer = this.client.query('select 1').then(
      () => {
        this.freshness.heard(sentAt);
        return true;
      },
      () => false,
    );
    const settled = answer.finally(() => {
      this.beat = null;
    });
    return { sentAt, answer: settled };
  }
}
