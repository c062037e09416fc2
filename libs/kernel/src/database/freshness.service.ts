import { Injectable } from '@nestjs/common';
import { realNow } from '../clock/real-time.js';

/** What is remembered counts as current for so long after the database last confirmed it (real milliseconds). */
const CONFIRMED_FOR_MS = 1_000;

/**
 * Whether this process can still trust what it remembers. It hears of every change by notification; as long as the
 * listening connection answers, nothing was missed. Real time, never the Clock: it is about connections.
 *
 * **Invariant**: `isFreshAt(now)` only if a heartbeat *sent* less than a second ago came back over the listening
 * connection. Notifications arrive in order on that connection, so everything that was committed before it was sent
 * has been heard.
 */
@Injectable()
export class Freshness {
  private confirmed = Number.NEGATIVE_INFINITY;
  private listening = 0;
  private asking: () => Promise<boolean> = () => Promise.resolve(false);

  /** Grows with every connection: what was remembered under an earlier one may have changed unheard. */
  get epoch(): number {
    return this.listening;
  }

  /** Real instant (ms) up to which nothing was missed; minus infinity before the first confirmation. */
  get confirmedAt(): number {
    return this.confirmed;
  }

  /** Whether nothing can have been missed up to about now. */
  get fresh(): boolean {
    return this.isFreshAt(realNow());
  }

  /** The same, for a caller that has read the real time (ms) already. */
  isFreshAt(real: number): boolean {
    return real - this.confirmed < CONFIRMED_FOR_MS;
  }

  /** Asks the database now; false when it does not answer within a second. Many askers share one question. */
  confirm(): Promise<boolean> {
    return this.asking();
  }

  /** Whoever listens says how to ask; for {@link Notifications} alone. */
  connect(ask: () => Promise<boolean>): void {
    this.asking = ask;
  }

  /** A new connection listens: what was remembered before has to be read again; for {@link Notifications} alone. */
  begin(sentAt: number): void {
    this.listening += 1;
    this.confirmed = sentAt;
  }

  /** A heartbeat sent at `sentAt` (real ms) came back; for {@link Notifications} alone. */
  heard(sentAt: number): void {
    this.confirmed = Math.max(this.confirmed, sentAt);
  }
}
