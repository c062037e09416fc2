import type pg from 'pg';
import type { Sql } from '../database/sql.js';
import { batchClient, type BatchClientOptions } from './batch-client.js';
import { BatchFencedError, CommitUnknownError } from './batch.errors.js';

/** How a connection for batches behaves. */
export interface BatchConnectionOptions extends BatchClientOptions {
  /** Names this writer's row; unique among all connections of all processes. */
  readonly writerId: string;
  /** Our time, noted in the writer's row. */
  readonly now: () => Date;
}

/** What a statement writes into the row of its writer: whose it is, under which epoch, and its number. */
export interface BatchNote {
  readonly id: string;
  readonly epoch: string;
  readonly batch: number;
}

/** The answer of a statement got lost, but the statement had its effect, except on the rows `leftOut` (from 1). */
export class LostAnswer {
  constructor(readonly leftOut: readonly number[]) {}
}

/**
 * A connection of its own that writes batches, one transaction each. Every batch writes its number into the row of
 * its writer: after a commit whose answer got lost, that number tells whether it happened. Reconnecting takes a new
 * epoch first, so that a transaction which the server still runs for the lost connection either shows in the row or
 * can never commit.
 */
export class BatchConnection {
  private client: pg.Client | null = null;
  private epoch = '0';
  private batch = 0;
  /** What the writer's row said when this connection was made. */
  private committed = 0;
  private leftOut: readonly number[] = [];
  private readonly prepared = new Map<string, string>();

  constructor(private readonly options: BatchConnectionOptions) {}

  /**
   * Runs `work` in one transaction and commits it.
   *
   * @throws CommitUnknownError when the answer got lost and the database cannot be asked; whatever `work` throws
   */
  async transact<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    const client = await this.connected();
    const number = (this.batch += 1);
    const opening = this.open(client, number);
    // Heard when the work is done: its first statement travels right behind.
    opening.catch(() => undefined);
    const result = await this.doing(client, async () => {
      const done = await work(this.sqlOn(client));
      await opening;
      return done;
    });
    await this.commit(client, number);
    return result;
  }

  /**
   * Runs one statement that is a transaction by itself and writes the number of its batch only if it had an effect.
   * When its answer got lost but it did have one, the row of the writer tells what it was.
   *
   * @throws CommitUnknownError when the answer got lost and the database cannot be asked; whatever the statement throws
   */
  async single<Row>(
    text: string,
    parametersOf: (note: BatchNote) => readonly unknown[],
  ): Promise<Row[] | LostAnswer> {
    const client = await this.connected();
    const batch = (this.batch += 1);
    const parameters = parametersOf({ id: this.options.writerId, epoch: this.epoch, batch });
    try {
      return await this.sqlOn(client).query<Row>(text, parameters);
    } catch (error) {
      if (!this.isLost(client)) throw error;
      if (await this.happened(batch, error)) return new LostAnswer(this.leftOut);
      throw error;
    }
  }

  /** Ends the connection. */
  async close(): Promise<void> {
    const client = this.client;
    this.client = null;
    await client?.end();
  }

  private async open(client: pg.Client, number: number): Promise<void> {
    const [, fenced] = await Promise.all([
      client.query('begin'),
      this.sqlOn(client).query(
        `with fenced as (update usage_writer set batch = $3, seen_at = $4 where id = $1 and epoch = $2 returning id)
         select id from fenced`,
        [this.options.writerId, this.epoch, number, this.options.now().toISOString()],
      ),
    ]);
    if (fenced.length === 0) throw new BatchFencedError();
  }

  private async doing<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof BatchFencedError) this.drop(client);
      if (!this.isLost(client)) await client.query('rollback').catch(() => this.drop(client));
      throw error;
    }
  }

  private async commit(client: pg.Client, number: number): Promise<void> {
    let command: string;
    try {
      ({ command } = await client.query('commit'));
    } catch (error) {
      if (await this.happened(number, error)) return;
      throw error;
    }
    // An aborted transaction answers a commit politely, with what it did instead.
    if (command !== 'COMMIT') throw new Error(`a batch ended with ${command}`);
  }

  /** Whether the batch of this number was committed although its answer is missing. */
  private async happened(number: number, cause: unknown): Promise<boolean> {
    this.drop(this.client);
    try {
      await this.connected();
    } catch {
      throw new CommitUnknownError(cause);
    }
    return this.committed === number;
  }

  private async connected(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = batchClient(this.options);
    // Unheard, the loss of a raw connection would end the process.
    client.on('error', () => this.drop(client));
    client.once('end', () => this.drop(client));
    try {
      await client.connect();
      await this.enter(client);
    } catch (error) {
      client.end(() => undefined);
      throw error;
    }
    this.client = client;
    return client;
  }

  /** Takes a new epoch; waits for a transaction of the old one that is still about to commit. */
  private async enter(client: pg.Client): Promise<void> {
    const { rows } = await client.query<{ epoch: string; batch: string; left_out: number[] | null }>(
      `insert into usage_writer as w (id, epoch, batch, seen_at) values ($1, 1, 0, $2)
       on conflict (id) do update set epoch = w.epoch + 1 returning epoch, batch, left_out`,
      [this.options.writerId, this.options.now().toISOString()],
    );
    this.epoch = rows[0]?.epoch ?? '0';
    this.committed = Number(rows[0]?.batch ?? 0);
    this.leftOut = rows[0]?.left_out ?? [];
  }

  private isLost(client: pg.Client): boolean {
    return this.client !== client;
  }

  private drop(client: pg.Client | null): void {
    if (client === null || this.client !== client) return;
    this.client = null;
    client.end(() => undefined);
  }

  private sqlOn(client: pg.Client): Sql {
    return {
      query: async <Row>(text: string, parameters: readonly unknown[]) => {
        try {
          const { rows } = await client.query({ text, values: [...parameters], name: this.nameOf(text) });
          return rows as Row[];
        } catch (error) {
          if (isWithoutAnswer(error)) this.drop(client);
          throw error;
        }
      },
    };
  }

  private nameOf(text: string): string {
    const name = this.prepared.get(text) ?? `usage_${this.prepared.size + 1}`;
    this.prepared.set(text, name);
    return name;
  }
}

/**
 * Whether it is unknown what became of the statement: it may hang, or be committed by a server that was shut down while
 * it waited for a replica (synchronous replication). Its connection is given up, and the writer's row is asked.
 */
function isWithoutAnswer(error: unknown): boolean {
  const { code = '', message } = error as { readonly code?: string; readonly message?: string };
  return message === 'Query read timeout' || code.startsWith('57P');
}
