import type { Clock, IdGenerator } from '@tollgate/kernel';
import { usageUnavailable } from '../usage.errors.js';
import { type Asker, counterKeysOf } from './ask.js';
import { BatchConnection, type BatchConnectionOptions } from './batch-connection.js';
import { BatchWriter } from './batch-writer.js';
import { cureOf } from './batch.errors.js';

/** Rows that one process waits for at once; the askers of more rows wait for their turn, or for their time to run out. */
const ROWS_AT_ONCE = 4;
const TRIES = 4;

/**
 * Where those wait whose counter is held by somebody's long transaction, so that nobody else waits with them. Each row
 * has its own transaction, which waits up to the lock timeout of the connection. A row counts as held until a batch of
 * it has gone through.
 */
export class HeldRows {
  private readonly waiting = new Map<string, Asker[]>();
  private readonly busy = new Set<string>();
  private readonly writers: readonly BatchWriter[];
  private readonly idle: BatchWriter[];

  constructor(options: () => BatchConnectionOptions, clock: Clock, ids: IdGenerator) {
    this.writers = Array.from(
      { length: ROWS_AT_ONCE },
      () => new BatchWriter(new BatchConnection(options()), clock, ids),
    );
    this.idle = [...this.writers];
  }

  /** The held row that this ask would wait for, if any. */
  rowOf(asker: Asker): string | undefined {
    return this.waiting.size === 0
      ? undefined
      : counterKeysOf(asker.ask).find((key) => this.waiting.has(key));
  }

  /** Lets the asker wait for the row `key`. */
  add(key: string, asker: Asker): void {
    const queue = this.waiting.get(key);
    if (queue) queue.push(asker);
    else this.waiting.set(key, [asker]);
    this.next();
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    await Promise.all(this.writers.map(({ connection }) => connection.close()));
  }

  private next(): void {
    for (const [key, queue] of this.waiting) {
      if (queue.length === 0 || this.busy.has(key)) continue;
      const writer = this.idle.pop();
      if (!writer) return;
      this.busy.add(key);
      void this.serve(key, writer);
    }
  }

  private async serve(key: string, writer: BatchWriter): Promise<void> {
    const askers = (this.waiting.get(key) ?? []).splice(0).filter(({ isAnswered }) => !isAnswered);
    try {
      if (askers.length > 0) await writeWithPatience(writer, askers);
      if (this.waiting.get(key)?.length === 0) this.waiting.delete(key);
    } catch (error) {
      for (const asker of askers) asker.refuse(usageUnavailable(error));
    }
    this.busy.delete(key);
    this.idle.push(writer);
    this.next();
  }
}

async function writeWithPatience(writer: BatchWriter, askers: readonly Asker[]): Promise<void> {
  for (let tries = 1; ; tries++) {
    const left = askers.filter(({ isAnswered }) => !isAnswered);
    try {
      if (left.length > 0) await writer.writeSlow(left);
      return;
    } catch (error) {
      const cure = cureOf(error);
      if (tries === TRIES || (cure !== 'again' && cure !== 'reconnect')) throw error;
    }
  }
}
