import { performance } from 'node:perf_hooks';
import { Logger } from '@nestjs/common';

/** How a circuit behaves; the defaults are for running processes. */
export interface CircuitOptions {
  /** Real milliseconds that a part is left alone after it failed; default 3,000. */
  readonly restMs?: number;
  /** Real milliseconds since any fixed moment. */
  readonly elapsed?: () => number;
}

/**
 * Stands before a part that we can do without: while it fails it is left alone, and one call in every `restMs` of
 * real time tries whether it is back. No call waits for another one's attempt.
 */
export class Circuit {
  private readonly logger = new Logger(Circuit.name);
  private readonly restMs: number;
  private readonly elapsed: () => number;
  private restsUntil: number | null = null;

  constructor(
    private readonly part: string,
    { restMs = 3_000, elapsed = () => performance.now() }: CircuitOptions = {},
  ) {
    this.restMs = restMs;
    this.elapsed = elapsed;
  }

  /** What the part answers; null when it fails or is left alone. */
  async attempt<T>(work: () => Promise<T>): Promise<T | null> {
    if (this.restsUntil !== null && this.elapsed() < this.restsUntil) return null;
    // Whoever tries keeps the others away until it has failed or succeeded.
    if (this.restsUntil !== null) this.restsUntil = this.elapsed() + this.restMs;
    try {
      const answer = await work();
      this.close();
      return answer;
    } catch (error) {
      this.open(error);
      return null;
    }
  }

  private close(): void {
    if (this.restsUntil === null) return;
    this.restsUntil = null;
    this.logger.log(`${this.part} is back`);
  }

  private open(error: unknown): void {
    if (this.restsUntil === null)
      this.logger.warn(
        `${this.part} is left alone: ${error instanceof Error ? error.message : String(error)}`,
      );
    this.restsUntil = this.elapsed() + this.restMs;
  }
}
