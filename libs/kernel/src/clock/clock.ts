/**
 * Our time: the only source of "now" for rules about plans, periods, grace and due work.
 * Signatures, tokens, timeouts and leases use real time instead (docs/architecture.md, "Two times").
 */
export abstract class Clock {
  /** The present instant. */
  abstract now(): Date;

  /**
   * Our instant (ms) at a real instant (ms) that the caller has read already: where both times are needed, the
   * machine is asked once.
   */
  abstract at(real: number): number;
}

/** The machine's time. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }

  at(real: number): number {
    return real;
  }
}

/** A clock that stands still until it is moved; for tests and previews. */
export class ManualClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  at(): number {
    return this.instant.getTime();
  }

  /** Moves to `instant`; tests may move in any direction. */
  set(instant: Date): void {
    this.instant = instant;
  }

  /** Moves forward by `milliseconds`. */
  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}
