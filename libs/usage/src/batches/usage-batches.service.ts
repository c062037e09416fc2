import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Batcher, Clock, connectionOf, IdGenerator } from '@tollgate/kernel';
import type { ConsumeAnswer } from '../counters/consume-request.js';
import type { Counting } from '../counters/counting.js';
import type { Ending, Settled } from '../grants/settlement.js';
import { usageUnavailable } from '../usage.errors.js';
import type { UsageAnswer, UsageAsk } from './ask.js';
import { BatchConnection, type BatchConnectionOptions } from './batch-connection.js';
import { BatchWriter } from './batch-writer.js';
import { HeldRows } from './held-rows.js';
import { MainLane } from './main-lane.js';

/** Fewer would not be worth a second transaction. */
const LEAST_AT_ONCE = 64;
const MOST_AT_ONCE = 2_000;
/** While the database works on one batch, this process builds and answers another. */
const LANES = 2;
const MOST_WAITING = 20_000;
/** Callers are promised an answer within 3 s. */
const ANSWER_WITHIN_MS = 2_800;
const STATEMENT_WITHIN_MS = 2_300;
/** Longer than other processes need for a batch; a row held for longer goes to a lane of its own. */
const SHORT_WAIT_MS = 80;
const LONG_WAIT_MS = 2_000;

/**
 * The group commit of this process: concurrent asks travel in one transaction, on connections that nothing else uses.
 * Everybody is answered after the commit and within 3 seconds, whatever the database does.
 */
@Injectable()
export class UsageBatches implements OnApplicationShutdown {
  private readonly connections: readonly BatchConnection[];
  private readonly held: HeldRows;
  private readonly batcher: Batcher<UsageAsk, UsageAnswer>;

  constructor(dataSource: DataSource, clock: Clock, ids: IdGenerator) {
    const options = (lockTimeoutMs: number): BatchConnectionOptions => ({
      connection: connectionOf(dataSource),
      writerId: ids.next(),
      lockTimeoutMs,
      answerWithinMs: STATEMENT_WITHIN_MS,
      now: () => clock.now(),
    });
    this.connections = Array.from({ length: LANES }, () => new BatchConnection(options(SHORT_WAIT_MS)));
    this.held = new HeldRows(() => options(LONG_WAIT_MS), clock, ids);
    const lanes = this.connections.map(
      (connection) => new MainLane(new BatchWriter(connection, clock, ids), this.held),
    );
    this.batcher = new Batcher({
      run: async (askers, lane) => lanes[lane]?.run(askers),
      lanes: LANES,
      // Of one owner nobody is overtaken; who ends a grant is in line with whoever holds its rows.
      subjectOf: (ask) => (ask.kind === 'count' ? ask.counting.ownerId : null),
      leastAtOnce: LEAST_AT_ONCE,
      mostAtOnce: MOST_AT_ONCE,
      mostWaiting: MOST_WAITING,
      answerWithinMs: ANSWER_WITHIN_MS,
      refusal: usageUnavailable,
    });
  }

  /** Counts or holds units; resolves after the commit. */
  count(counting: Counting): Promise<ConsumeAnswer> {
    // A wish is never answered with an ending; a look at every answer would cost every caller another promise.
    return this.batcher.ask({ kind: 'count', counting }) as Promise<ConsumeAnswer>;
  }

  /** Ends a grant; resolves after the commit. */
  async end(grantId: string, ending: Ending, at: Date): Promise<Settled> {
    const answer = await this.batcher.ask({ kind: 'end', grantId, ending, at });
    if (typeof answer !== 'string') throw new Error('an ending was answered with a grant');
    return answer;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.batcher.idle();
    await Promise.all(this.connections.map((connection) => connection.close()));
    await this.held.close();
  }
}
