import { InvalidRequestError } from '@tollgate/kernel';
import { usageUnavailable } from '../usage.errors.js';
import { type Asker, counterKeysOf } from './ask.js';
import type { BatchWriter } from './batch-writer.js';
import { cureOf } from './batch.errors.js';
import { outOfReach } from './held-counters.js';
import type { HeldRows } from './held-rows.js';

/** Their time runs out before: see the batcher. */
const TRIES = 20;
const RECONNECTS = 3;

interface Attempt {
  readonly tries: number;
  /** Decide ask by ask instead of trying what fits as a whole. */
  readonly inOrder: boolean;
}

const FIRST: Attempt = { tries: 1, inOrder: false };

/**
 * Writes batch after batch and knows what to do when one fails: run it again, reconnect, move those aside whose row is
 * held, or split it to find the one whose data the rows refuse.
 */
export class MainLane {
  constructor(
    private readonly writer: BatchWriter,
    private readonly held: HeldRows,
  ) {}

  /** Answers all askers, or lets them wait for held rows. */
  async run(askers: readonly Asker[]): Promise<void> {
    await this.write(
      askers.filter((asker) => {
        const row = this.held.rowOf(asker);
        if (row !== undefined) this.held.add(row, asker);
        return row === undefined;
      }),
    );
  }

  private async write(askers: readonly Asker[], attempt: Attempt = FIRST): Promise<void> {
    const left = askers.filter(({ isAnswered }) => !isAnswered);
    if (left.length === 0) return;
    try {
      if (attempt.inOrder) await this.writer.writeSlow(left);
      else await this.writer.write(left);
    } catch (error) {
      await this.cure(
        left.filter(({ isAnswered }) => !isAnswered),
        error,
        { ...attempt, tries: attempt.tries + 1 },
      );
    }
  }

  private async cure(askers: readonly Asker[], error: unknown, next: Attempt): Promise<void> {
    switch (next.tries > TRIES ? 'give_up' : cureOf(error)) {
      case 'again':
        // A race for new rows or keys is settled by deciding ask by ask, over locked rows.
        return this.write(askers, { ...next, inOrder: true });
      case 'reconnect':
        // Nothing of it was committed; the next try takes a new connection, or finds that there is none.
        return next.tries > RECONNECTS ? refuseAll(askers, error) : this.write(askers, next);
      case 'held':
        return this.moveAside(askers, next);
      case 'split':
        return this.split(askers, error);
      case 'give_up':
        return refuseAll(askers, error);
    }
  }

  /** The askers of held rows wait apart from now on; when it was another process's batch, all just try again. */
  private async moveAside(askers: readonly Asker[], next: Attempt): Promise<void> {
    const keys = new Set(askers.flatMap(({ ask }) => counterKeysOf(ask)));
    const { held, missing } = await outOfReach(this.writer.connection, [...keys]);
    const suspects = held.size === 0 && next.tries > 2 ? missing : held;
    const stay: Asker[] = [];
    for (const asker of askers) {
      const row = counterKeysOf(asker.ask).find((key) => suspects.has(key));
      if (row === undefined) stay.push(asker);
      else this.held.add(row, asker);
    }
    await this.write(stay, next);
  }

  private async split(askers: readonly Asker[], error: unknown): Promise<void> {
    const [only] = askers;
    if (askers.length === 1 && only) return only.refuse(refusedByRows(error));
    const half = Math.ceil(askers.length / 2);
    await this.write(askers.slice(0, half));
    await this.write(askers.slice(half));
  }
}

function refuseAll(askers: readonly Asker[], error: unknown): void {
  for (const asker of askers) asker.refuse(usageUnavailable(error));
}

/** What the caller of an ask hears that no row takes; an error that is no fault of its data stays what it is. */
function refusedByRows(error: unknown): unknown {
  const code = (error as { code?: string } | null)?.code ?? '';
  if (code === '22003')
    return new InvalidRequestError('quantity_overflow', 'The count would become too large');
  return /^2[23]/.test(code)
    ? new InvalidRequestError('usage_refused', 'These units cannot be stored')
    : error;
}
