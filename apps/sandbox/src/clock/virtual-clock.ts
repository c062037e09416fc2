import { realNow } from './real-time.js';

/** What a state file keeps of the clock. */
export interface ClockState {
  offsetMs: number;
  frozenAt: number | null;
}

/** The providers' time: the machine's clock moved ahead by an offset, or standing still. It never goes back. */
export class VirtualClock {
  #offsetMs = 0;
  #frozenAt: number | null = null;
  #instant: number | null = null;
  #sequence = 0;

  /** Milliseconds since the epoch. */
  nowMs(): number {
    return this.#instant ?? this.#frozenAt ?? realNow() + this.#offsetMs;
  }

  /** ISO 8601 with milliseconds, as Polar's objects carry it. */
  iso(): string {
    return new Date(this.nowMs()).toISOString();
  }

  /** ISO 8601 with microseconds; two readings within one millisecond still differ, as Polar's event times do. */
  isoMicros(): string {
    this.#sequence = (this.#sequence + 1) % 1000;
    return this.iso().replace('Z', `${String(this.#sequence).padStart(3, '0')}Z`);
  }

  /** Whole seconds since the epoch, as Stripe's objects carry it. */
  seconds(): number {
    return Math.floor(this.nowMs() / 1000);
  }

  get frozen(): boolean {
    return this.#frozenAt !== null;
  }

  /** Stands still at the instant from now on. */
  freezeAt(ms: number): void {
    this.#frozenAt = ms;
  }

  /** Goes on ticking from the instant. */
  runFrom(ms: number): void {
    this.#offsetMs = ms - realNow();
    this.#frozenAt = null;
  }

  /** Runs synchronous work as if it were the given instant: what fell due while nobody looked happens at its own time. */
  during<T>(ms: number, work: () => T): T {
    const outer = this.#instant;
    this.#instant = ms;
    try {
      return work();
    } finally {
      this.#instant = outer;
    }
  }

  /** What survives a restart. */
  save(): ClockState {
    return { offsetMs: this.#offsetMs, frozenAt: this.#frozenAt };
  }

  /** Takes up where a saved clock stopped. */
  restore(state: ClockState): void {
    this.#offsetMs = state.offsetMs;
    this.#frozenAt = state.frozenAt;
  }
}
